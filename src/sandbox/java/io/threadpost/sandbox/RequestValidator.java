package io.threadpost.sandbox;

import java.io.IOException;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

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

    private final ObjectMapper json = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private final String clientToken;
    private final Map<String, Set<UUID>> accessTokens;
    private final IntervalReading reading;

    RequestValidator(String clientToken, Map<String, Set<UUID>> accessTokens, IntervalReading reading) {
        this.clientToken = clientToken;
        this.accessTokens = accessTokens;
        this.reading = reading;
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
        TickRange created = interval(shape, "CreatedUtc");
        TickRange updated = interval(shape, "UpdatedUtc");
        JsonShape limitation = shape.object("Limitation", Set.of("Count", "Cursor"));
        if (limitation == null) {
            throw RequestRefused.malformed("Limitation is required");
        }
        int count = limitation.integer("Count", 1, 1000);
        UUID cursor = limitation.uuid("Cursor");
        if (threads == null && created == null && updated == null) {
            throw RequestRefused.malformed("MessageThreadIds, CreatedUtc or UpdatedUtc is required");
        }
        Set<UUID> scope = authenticate(shape);
        if (enterprises != null && !scope.containsAll(enterprises)) {
            throw RequestRefused.malformed("EnterpriseIds are not in the scope of the access token");
        }
        return new GetAllRequest(
                shape.text("AccessToken"), enterprises, threads, created, updated, count, cursor, minimal);
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
        if (scope == null) {
            throw new RequestRefused(401, "Invalid AccessToken");
        }
        return scope;
    }

    private TickRange interval(JsonShape shape, String property) throws RequestRefused {
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
                        .plusMonths(3)
                        .toInstant())) {
            throw RequestRefused.malformed("The interval of " + property + " must not exceed 3 months");
        }
        return TickRange.of(start, end, reading);
    }

    private static Set<String> with(String... more) {
        Set<String> known = new HashSet<>(CREDENTIALS);
        known.addAll(Set.of(more));
        return Set.copyOf(known);
    }
}
