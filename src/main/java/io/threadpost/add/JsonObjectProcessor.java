package io.threadpost.add;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.retry.FailureReason;
import io.threadpost.spool.RejectedItemException;

/**
 * The step {@code jsonObject}: turns the body, one JSON object as text, bytes or a map, into a map of its fields.
 * Anything else is rejected, since a retry would not help.
 */
@Singleton
@Unremovable
@Named("jsonObject")
public final class JsonObjectProcessor implements Processor {
    private static final TypeReference<Map<String, Object>> FIELDS = new TypeReference<>() {};

    private final ObjectMapper mapper = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    @Override
    public void process(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        JsonNode node = body instanceof Map<?, ?> || body instanceof Collection<?>
                ? mapper.valueToTree(body)
                : node(exchange.getMessage().getBody(byte[].class));
        if (!node.isObject()) {
            throw none(
                    node.isMissingNode() ? "it is empty" : "it is " + (node.isArray() ? "an array" : "a single value"));
        }
        exchange.getMessage().setBody(mapper.convertValue(node, FIELDS));
    }

    private JsonNode node(byte[] json) {
        try {
            return mapper.readTree(json == null ? new byte[0] : json);
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String words = e.getOriginalMessage().replaceFirst(" \\(start marker at .*", "");
            throw none(at == null ? words : words + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")");
        } catch (IOException e) {
            throw none(FailureReason.of(e));
        }
    }

    private static RejectedItemException none(String why) {
        return new RejectedItemException("the message is not a JSON object: " + why);
    }
}
