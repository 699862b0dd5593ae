package io.threadpost.sandbox;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Refuses every request that the documentation or the OpenAPI description of the platform does not allow. */
final class RequestValidator {
    private static final Set<String> CREDENTIALS =
            Set.of("ClientToken", "AccessToken", "Client", "LanguageCode", "CultureCode");
    private static final Set<String> GET_ALL =
            with("EnterpriseIds", "MessageThreadIds", "CreatedUtc", "UpdatedUtc", "Limitation");
    private static final Set<String> ADD = with("OriginalSender", "Subject");
    private static final Set<String> GET_MESSAGES =
            with("EnterpriseIds", "MessageThreadIds", "CreatedUtc", "Limitation");
    private static final Set<String> ADD_MESSAGES = with("Messages");
    /** The OpenAPI description has the credentials here, too; the documentation has not. */
    private static final Set<String> NEW_MESSAGE =
            Set.of("ClientToken", "AccessToken", "Client", "MessageThreadId", "Text", "Identifier");

    private static final int MOST_MESSAGES = 1000;

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final String clientToken;
    private final Map<String, Set<UUID>> accessTokens;
    private final IntervalReading reading;
    private final Set<String> revoked = ConcurrentHashMap.newKeySet();

    RequestValidator(String clientToken, Map<String, Set<UUID>> accessTokens, IntervalReading reading) {
        this.clientToken = clientToken;
        this.accessTokens = accessTokens;
        this.reading = reading;
    }

    void revoke(String accessToken, boolean now) {
        if (now) {
            revoked.add(accessToken);
        } else {
            revoked.remove(accessToken);
        }
    }

    /** The body, if it is one JSON object sent as such. */
    JsonNode parse(WireRequest request) throws RequestRefused {
        if (request.body() == null) {
            throw new RequestRefused(413, "Request body is too large");
        }
        String type = request.header("content-type").split(";")[0].trim();
        if (!type.toLowerCase(Locale.ROOT).equals("application/json")) {
            throw RequestRefused.malformed("Content-Type must be application/json");
        }
        try {
            JsonNode node = json.readTree(request.body());
            if (!node.isObject()) {
                throw RequestRefused.malformed("Invalid JSON");
            }
            return node;
        } catch (IOException notJson) {
            throw RequestRefused.malformed("Invalid JSON");
        }
    }

    GetAllRequest getAll(JsonNode body, boolean minimal) throws RequestRefused {
        JsonShape shape = new JsonShape(body, "the request").only(GET_ALL);
        credentials(shape);
        List<UUID> enterprises = shape.uuids("EnterpriseIds");
        List<UUID> threads = shape.uuids("MessageThreadIds");
        TickRange created = interval(shape, "CreatedUtc", 3);
        TickRange updated = interval(shape, "UpdatedUtc", 3);
        JsonShape limitation = limitation(shape);
        int count = limitation.integer("Count", 1, 1000);
        UUID cursor = limitation.uuid("Cursor");
        if (threads == null && created == null && updated == null) {
            throw RequestRefused.malformed("MessageThreadIds, CreatedUtc or UpdatedUtc is required");
        }
        authenticate(shape, enterprises);
        return new GetAllRequest(
                shape.text("AccessToken"), enterprises, threads, created, updated, count, cursor, minimal);
    }

    MessagesRequest getMessages(JsonNode body, boolean minimal) throws RequestRefused {
        JsonShape shape = new JsonShape(body, "the request").only(GET_MESSAGES);
        credentials(shape);
        List<UUID> enterprises = shape.uuids("EnterpriseIds");
        List<UUID> threads = shape.uuids("MessageThreadIds");
        if (threads == null) {
            throw RequestRefused.malformed("MessageThreadIds is required");
        }
        TickRange created = interval(shape, "CreatedUtc", 1);
        JsonShape limitation = limitation(shape);
        int count = limitation.integer("Count", 1, 1000);
        UUID cursor = limitation.uuid("Cursor");
        authenticate(shape, enterprises);
        return new MessagesRequest(shape.text("AccessToken"), enterprises, threads, created, count, cursor, minimal);
    }

    List<MessagesRequest.Addition> addMessages(JsonNode body) throws RequestRefused {
        JsonShape shape = new JsonShape(body, "the request").only(ADD_MESSAGES);
        credentials(shape);
        JsonNode array = body.path("Messages");
        if (!array.isArray() || array.isEmpty() || array.size() > MOST_MESSAGES) {
            throw RequestRefused.malformed("Messages must be an array of 1 to 1000 messages");
        }
        List<MessagesRequest.Addition> additions = new ArrayList<>(array.size());
        for (JsonNode item : array) {
            JsonShape message = new JsonShape(item, "Messages").only(NEW_MESSAGE);
            UUID thread = message.uuid("MessageThreadId");
            if (thread == null) {
                throw RequestRefused.malformed("MessageThreadId is required");
            }
            String identifier = message.has("Identifier") ? message.string("Identifier") : null;
            additions.add(new MessagesRequest.Addition(thread, message.text("Text"), identifier));
        }
        authenticate(shape);
        return additions;
    }

    ThreadText add(JsonNode body) throws RequestRefused {
        JsonShape shape = new JsonShape(body, "the request").only(ADD);
        credentials(shape);
        ThreadText text = new ThreadText(shape.text("OriginalSender"), shape.text("Subject"));
        authenticate(shape);
        return text;
    }

    private void credentials(JsonShape shape) throws RequestRefused {
        shape.text("ClientToken");
        shape.text("AccessToken");
        shape.text("Client");
        if (shape.has("LanguageCode") != shape.has("CultureCode")) {
            throw RequestRefused.malformed("LanguageCode and CultureCode are allowed only together");
        }
        if (shape.has("LanguageCode")) {
            shape.text("LanguageCode");
            shape.text("CultureCode");
        }
    }

    private Set<UUID> authenticate(JsonShape shape) throws RequestRefused {
        if (!clientToken.equals(shape.text("ClientToken"))) {
            throw new RequestRefused(401, "Invalid ClientToken");
        }
        Set<UUID> scope = accessTokens.get(shape.text("AccessToken"));
        if (scope == null || revoked.contains(shape.text("AccessToken"))) {
            throw new RequestRefused(401, "Invalid AccessToken");
        }
        return scope;
    }

    private void authenticate(JsonShape shape, List<UUID> enterprises) throws RequestRefused {
        Set<UUID> scope = authenticate(shape);
        if (enterprises != null && !scope.containsAll(enterprises)) {
            throw RequestRefused.malformed("EnterpriseIds are not in the scope of the access token");
        }
    }

    private static JsonShape limitation(JsonShape shape) throws RequestRefused {
        JsonShape limitation = shape.object("Limitation", Set.of("Count", "Cursor"));
        if (limitation == null) {
            throw RequestRefused.malformed("Limitation is required");
        }
        return limitation;
    }

    private TickRange interval(JsonShape shape, String property, int months) throws RequestRefused {
        JsonShape interval = shape.object(property, Set.of("StartUtc", "EndUtc"));
        if (interval == null) {
            return null;
        }
        long start = interval.time("StartUtc");
        long end = interval.time("EndUtc");
        if (start > end) {
            throw RequestRefused.malformed("StartUtc of " + property + " must not be after EndUtc");
        }
        if (SandboxTicks.instant(end)
                .isAfter(SandboxTicks.instant(start)
                        .atOffset(ZoneOffset.UTC)
                        .plusMonths(months)
                        .toInstant())) {
            throw RequestRefused.malformed("The interval of " + property + " must not exceed " + months
                    + (months == 1 ? " month" : " months"));
        }
        return TickRange.of(start, end, reading);
    }

    private static Set<String> with(String... more) {
        Set<String> known = new HashSet<>(CREDENTIALS);
        known.addAll(Set.of(more));
        return Set.copyOf(known);
    }
}
