package io.threadpost.json;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * The step {@code urlEncode}: each variable that the route has set is encoded, so that it is one segment of the path of
 * an address, or one value of its query, whatever a guest wrote.
 */
@Singleton
@Unremovable
@Named("urlEncode")
public final class UrlEncode implements Processor {
    @Override
    public void process(Exchange exchange) {
        SetVariables.of(exchange).forEach((name, value) -> exchange.setVariable(name, encoded(value.toString())));
    }

    private static String encoded(String text) {
        // A path that consists of dots would lead elsewhere.
        return text.matches("\\.{1,2}")
                ? text.replace(".", "%2E")
                : URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
