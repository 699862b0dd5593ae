package io.threadpost.preview;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * A message that is sent to an endpoint.
 *
 * @param path of the endpoint
 * @param options of the endpoint
 */
record EndpointCall(String path, Map<String, Object> options, Exchange exchange) {
    private Message message() {
        return exchange.getMessage();
    }

    /** @return its bytes, or those of its text when Camel has no conversion; null without a body */
    byte[] body() {
        Object body = message().getBody();
        byte[] bytes = body == null
                ? null
                : exchange.getContext().getTypeConverter().tryConvertTo(byte[].class, exchange, body);
        return bytes == null && body != null ? body.toString().getBytes(StandardCharsets.UTF_8) : bytes;
    }

    Map<String, Object> headers() {
        return message().getHeaders();
    }

    String header(String name, String otherwise) {
        String value = message().getHeader(name, String.class);
        return value == null ? otherwise : value;
    }

    String option(String name, String otherwise) {
        Object value = options.get(name);
        return value == null ? otherwise : evaluated(value.toString());
    }

    /** @return as it is written; null without one */
    String rawOption(String name) {
        Object value = options.get(name);
        return value == null ? null : value.toString();
    }

    String evaluated(String text) {
        return text == null || !text.contains("${")
                ? text
                : exchange.getContext()
                        .resolveLanguage("simple")
                        .createExpression(text)
                        .evaluate(exchange, String.class);
    }
}
