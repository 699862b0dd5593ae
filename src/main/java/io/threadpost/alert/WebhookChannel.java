package io.threadpost.alert;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;

import io.threadpost.network.HttpAccess;

/** Alerts as JSON, sent to a URL, which no text shows: whoever knows it can write there. */
final class WebhookChannel implements AlertChannel {
    private static final Duration WAIT = Duration.ofSeconds(15);
    private static final JsonMapper JSON = new JsonMapper();

    private final URI url;
    private final HttpAccess access;
    /** Read at each message, so that it can be tried out. */
    private final Optional<Path> template;

    WebhookChannel(URI url, HttpAccess access, Optional<Path> template) {
        this.url = url;
        this.access = access;
        this.template = template;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public void send(AlertMessage message, String key) throws IOException {
        HttpPost post = new HttpPost(url);
        post.setEntity(new StringEntity(body(message), ContentType.APPLICATION_JSON));
        int status;
        try (CloseableHttpClient client = access.client(WAIT)) {
            status = client.execute(post, response -> response.getCode());
        } catch (IOException e) {
            throw new IOException(
                    "the webhook at " + url.getHost() + " cannot be reached: "
                            + access.reason(e, url).replace(url.toString(), "***"),
                    e);
        }
        if (status / 100 != 2) {
            throw new IOException("the webhook at " + url.getHost() + " answers " + status);
        }
    }

    /** The template with the message's texts, or the message as it is. */
    private String body(AlertMessage message) throws IOException {
        ObjectNode json = message.json();
        if (template.isEmpty()) {
            return json.toString();
        }
        try {
            return filled(JSON.readTree(Files.readString(template.get())), json).toString();
        } catch (JsonProcessingException e) {
            throw new IOException(
                    "threadpost.alerts.webhook-template: " + template.get() + " is not JSON: " + e.getOriginalMessage(),
                    e);
        } catch (IOException e) {
            throw new IOException("threadpost.alerts.webhook-template: " + template.get() + " cannot be read", e);
        }
    }

    /** Replaces {title} and {text} in texts, so that the result is JSON whatever they hold. */
    private static JsonNode filled(JsonNode node, ObjectNode message) {
        if (node.isTextual()) {
            return TextNode.valueOf(node.asText()
                    .replace("{title}", message.path("title").asText())
                    .replace("{text}", message.path("text").asText()));
        }
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.set(name, filled(object.get(name), message)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), message));
            }
        }
        return node;
    }
}
