package io.threadpost.sandbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Passes a request of the API through limit, validation and faults to its operation, and the answer to the wire and the
 * log.
 */
final class Api {
    private static final String PREFIX = "/api/connector/v1/";
    private static final Map<String, String> ACTIONS = Map.of(
            "messageThreads/getAll", "getAll",
            "messageThreads/add", "add",
            "messages/getAll", "messages/getAll",
            "messages/add", "messages/add");
    private static final String HTML =
            "<!DOCTYPE html>\n<html><head><title>Oops</title></head><body><h1>Please try again</h1></body></html>\n";

    private final SandboxOptions options;
    private final RequestValidator validator;
    private final RateLimit limit;
    private final GetAll getAll;
    private final AddThread addThread;
    private final Messages messages;
    private final ThreadStore store;
    private final RequestLog log;
    private final Supplier<Instant> clock;
    private volatile FaultDice dice;

    Api(
            SandboxOptions options,
            RateLimit limit,
            GetAll getAll,
            AddThread addThread,
            Messages messages,
            ThreadStore store,
            RequestLog log,
            Supplier<Instant> clock) {
        this.options = options;
        this.validator = new RequestValidator(options.clientToken(), options.accessTokens(), options.interval());
        this.limit = limit;
        this.getAll = getAll;
        this.addThread = addThread;
        this.messages = messages;
        this.store = store;
        this.log = log;
        this.clock = clock;
        this.dice = new FaultDice(options.faults());
    }

    void setFaults(Faults faults) {
        dice = new FaultDice(faults);
    }

    void revoke(String accessToken, boolean revoked) {
        validator.revoke(accessToken, revoked);
    }

    WireAnswer answer(WireRequest request) throws IOException {
        Call call = new Call(request);
        try {
            return call.answer();
        } catch (RequestRefused refused) {
            return call.finished(
                    ApiAnswer.error(refused.status(), refused.getMessage()), Delivery.PROMPT, refused.getMessage());
        }
    }

    /** One request in flight; what is learnt about it goes into the log. */
    private final class Call {
        private final WireRequest request;
        private final String action;
        private final long receivedNanos = System.nanoTime();
        private final Instant received = Instant.now();
        private String accessToken;
        private String cursor;
        private FaultRoll roll;

        Call(WireRequest request) {
            this.request = request;
            this.action = request.path().startsWith(PREFIX)
                    ? ACTIONS.getOrDefault(request.path().substring(PREFIX.length()), request.path())
                    : request.path();
        }

        WireAnswer answer() throws RequestRefused, IOException {
            if (!request.method().equals("POST") || action.equals(request.path())) {
                throw new RequestRefused(404, "No such operation: " + request.method() + " " + request.path());
            }
            JsonNode body = validator.parse(request);
            accessToken = body.path("AccessToken").textValue();
            cursor = body.path("Limitation").path("Cursor").textValue();
            Duration pause = limit.arrive(accessToken);
            if (!pause.isZero()) {
                ApiAnswer tooMany = ApiAnswer.error(429, "Too many requests").retryAfter(pause, options.retryAfter());
                return finished(tooMany, Delivery.PROMPT, null);
            }
            Pause.of(options.latency());
            Operation operation = operation(body, request.header("prefer").contains("return=minimal"));
            roll = dice.roll(action);
            return faulty(operation);
        }

        private Operation operation(JsonNode body, boolean minimal) throws RequestRefused {
            switch (action) {
                case "add" -> {
                    ThreadText text = validator.add(body);
                    return () -> addThread.answer(accessToken, text, visibleAfter());
                }
                case "messages/add" -> {
                    List<MessagesRequest.Addition> additions = validator.addMessages(body);
                    return () -> messages.add(accessToken, additions, visibleAfter());
                }
                case "messages/getAll" -> {
                    MessagesRequest valid = validator.getMessages(body, minimal);
                    return () -> messages.getAll(valid, roll);
                }
                default -> {
                    GetAllRequest valid = validator.getAll(body, minimal);
                    return () -> getAll.answer(valid, roll);
                }
            }
        }

        private boolean adds() {
            return action.equals("add") || action.equals("messages/add");
        }

        private WireAnswer faulty(Operation operation) throws RequestRefused, IOException {
            Faults faults = roll.faults();
            if (roll.strikes(FaultKind.LATENCY)) {
                double share = SplitMix.share(roll.noise(FaultKind.LATENCY));
                Pause.of(faults.latency()
                        .plusNanos((long) (share * faults.jitter().toNanos())));
            }
            if (roll.strikes(FaultKind.TOO_MANY_REQUESTS)) {
                ApiAnswer tooMany = ApiAnswer.error(429, "Too many requests");
                return finished(
                        tooMany.retryAfter(faults.retryAfter(), faults.retryAfterForm()), Delivery.PROMPT, null);
            }
            if (roll.strikes(FaultKind.SERVER_ERROR)) {
                return finished(serverError(faults), Delivery.PROMPT, null);
            }
            if (roll.strikes(FaultKind.HTML_PAGE)) {
                int status = List.of(502, 503, 200).get(SplitMix.below(roll.noise(FaultKind.HTML_PAGE), 3));
                WireAnswer page = WireAnswer.of(status, "text/html", HTML.getBytes(StandardCharsets.UTF_8));
                return onTheWire(page, status, null, null);
            }
            if (roll.strikes(FaultKind.RESET)) {
                return finished(ApiAnswer.noContent(), Delivery.PROMPT.with(Delivery.Fate.RESET), null);
            }
            if (adds() && roll.strikes(FaultKind.FAILED_ADD)) {
                return finished(failedAdd(FaultKind.FAILED_ADD), Delivery.PROMPT, null);
            }
            ApiAnswer answer = operation.carryOut();
            if (falseError()) {
                return finished(failedAdd(FaultKind.FALSE_ERROR), Delivery.PROMPT, null);
            }
            return finished(answer, delivery(answer), null);
        }

        private ApiAnswer serverError(Faults faults) {
            int choice = SplitMix.below(roll.noise(FaultKind.SERVER_ERROR), 6);
            ApiAnswer error = ApiAnswer.error(List.of(500, 502, 503).get(choice % 3), "Unexpected error");
            return choice < 3 ? error : error.retryAfter(faults.retryAfter(), faults.retryAfterForm());
        }

        private Delivery delivery(ApiAnswer answer) {
            if (lost()) {
                return Delivery.PROMPT.with(Delivery.Fate.CLOSED);
            }
            boolean hasBody = answer.body() != null;
            boolean slow = hasBody && roll.strikes(FaultKind.SLOW_BODY);
            boolean cut = hasBody && roll.strikes(FaultKind.TRUNCATED_BODY);
            return new Delivery(
                    cut ? Delivery.Fate.TRUNCATED : Delivery.Fate.WHOLE,
                    slow ? roll.faults().slowBody() : Duration.ZERO);
        }

        private boolean lost() {
            return adds() && roll.strikes(FaultKind.LOST_ADD);
        }

        private boolean falseError() {
            return adds() && roll.strikes(FaultKind.FALSE_ERROR);
        }

        private ApiAnswer failedAdd(FaultKind kind) {
            List<Integer> statuses = roll.faults().errorStatuses();
            return ApiAnswer.error(statuses.get(SplitMix.below(roll.noise(kind), statuses.size())), "Unexpected error");
        }

        private Duration visibleAfter() {
            return lost() || falseError() ? roll.faults().addVisibleAfter() : Duration.ZERO;
        }

        private WireAnswer finished(ApiAnswer answer, Delivery delivery, String refusal) {
            String requestId = UUID.randomUUID().toString();
            byte[] body = answer.message() != null
                    ? error(answer.message(), requestId)
                    : answer.body() != null ? answer.body() : new byte[0];
            boolean mislabelled = roll != null && answer.body() != null && roll.strikes(FaultKind.WRONG_CONTENT_TYPE);
            String type = mislabelled ? "text/html; charset=utf-8" : "application/json; charset=utf-8";
            WireAnswer wire = WireAnswer.of(answer.status(), body.length == 0 ? null : type, body)
                    .by(delivery)
                    .with("Request-Id", requestId);
            boolean answers = delivery.fate() == Delivery.Fate.WHOLE || delivery.fate() == Delivery.Fate.TRUNCATED;
            if (delivery.fate() == Delivery.Fate.WHOLE && answer.status() == 200) {
                // Before the client can have it; a thread in half an answer was never served.
                store.markServed(answer.served());
            }
            return onTheWire(pausing(wire, answer), answers ? answer.status() : 0, answer, refusal);
        }

        private WireAnswer pausing(WireAnswer wire, ApiAnswer answer) {
            if (answer.retryAfter() == null) {
                return wire;
            }
            long seconds = seconds(answer);
            return wire.with(
                    "Retry-After",
                    answer.form() == RetryAfterForm.SECONDS
                            ? Long.toString(seconds)
                            : HttpDate.of(clock.get().plusSeconds(seconds).plusNanos(999_999_999)));
        }

        private WireAnswer onTheWire(WireAnswer wire, int status, ApiAnswer answer, String refusal) {
            Long pause = answer == null || answer.retryAfter() == null ? null : (Long) seconds(answer);
            WireAnswer dated = wire.with("Date", HttpDate.of(clock.get()));
            return dated.beforeTheEnd(() -> {
                long now = System.nanoTime();
                if (status == 429 && pause != null) {
                    limit.pause(accessToken, now, Duration.ofSeconds(pause));
                }
                String fault = roll == null ? null : roll.names();
                log.record(new SandboxRequest(
                        receivedNanos, received, accessToken, action, status, cursor, pause, refusal, now, fault));
            });
        }
    }

    /** Carries out the operation. */
    private interface Operation {
        ApiAnswer carryOut() throws RequestRefused;
    }

    /** Rounded up: a client that waits that long is never early. */
    private static long seconds(ApiAnswer answer) {
        return Math.max(1, answer.retryAfter().plusNanos(999_999_999).toSeconds());
    }

    private static byte[] error(String message, String requestId) {
        return new JsonBuffer(256)
                .raw("{\"Message\":")
                .string(message)
                .raw(",\"RequestId\":\"")
                .raw(requestId)
                .raw("\",\"Details\":null}")
                .toBytes();
    }
}
