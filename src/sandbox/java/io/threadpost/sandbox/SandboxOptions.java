package io.threadpost.sandbox;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** How a {@link SandboxPlatform} is set up. Immutable: each setting gives a new value. No setting is ever null. */
public final class SandboxOptions implements Cloneable {
    /** The access token of a platform that was not given others. */
    public static final String ACCESS_TOKEN = "sandbox-access-token";

    /** The client token of a platform that was not given another. */
    public static final String CLIENT_TOKEN = "sandbox-client-token";

    /** The enterprise of a platform that was not given others. */
    public static final UUID ENTERPRISE = UUID.fromString("3fa85f64-5717-4562-b3fc-2c963f66afa6");

    private int port;
    private Map<String, Set<UUID>> accessTokens = Map.of(ACCESS_TOKEN, Set.of(ENTERPRISE));
    private String clientToken = CLIENT_TOKEN;
    private RateLimit.Rule limit = new RateLimit.Rule(200, Duration.ofSeconds(30));
    private RetryAfterForm retryAfter = RetryAfterForm.SECONDS;
    private int threads;
    private Duration over = Duration.ofDays(7);
    private double equalTimes;
    private double addsPerSecond;
    private double updatesPerSecond;
    private long seed = 1;
    private IntervalReading interval = IntervalReading.HALF_OPEN;
    private ThreadOrder order = ThreadOrder.NEWEST_CREATED;
    private TimePrecision precision = TimePrecision.SECONDS;
    private CursorPolicy cursorPolicy = CursorPolicy.POSITION;
    private Duration latency = Duration.ZERO;
    private InstantSource clock = InstantSource.system();
    private Duration clockOffset = Duration.ZERO;
    private boolean keepRequestLog = true;
    private boolean extraFields;
    private Faults faults = Faults.none();
    private int longestSender = Integer.MAX_VALUE;
    private int longestSubject = Integer.MAX_VALUE;
    private String cutEnding = "";
    private Map<String, Integer> refusals = Map.of();
    private MessageOptions messages = new MessageOptions();

    /** One token and one enterprise, the documented limit, no threads, no faults. */
    public SandboxOptions() {}

    /** The port on loopback; 0 takes a free one. */
    public SandboxOptions port(int value) {
        return with(o -> o.port = value);
    }

    /**
     * Access tokens with the enterprises in their scope; a token with several is a portfolio token. At most 32767
     * enterprises.
     */
    public SandboxOptions accessTokens(Map<String, Set<UUID>> value) {
        Map<String, Set<UUID>> copy = new LinkedHashMap<>();
        value.forEach((token, enterprises) -> copy.put(token, new LinkedHashSet<>(enterprises)));
        return with(o -> o.accessTokens = copy);
    }

    /** The client token that requests must carry. */
    public SandboxOptions clientToken(String value) {
        return with(o -> o.clientToken = value);
    }

    /** The sliding limit of each access token; the documented one is 200 requests in 30 s. */
    public SandboxOptions limit(int requests, Duration window) {
        return with(o -> o.limit = new RateLimit.Rule(requests, window, o.limit.reading()));
    }

    /** How requests are counted for the limit. */
    public SandboxOptions limitReading(LimitReading value) {
        return with(o -> o.limit = new RateLimit.Rule(o.limit.requests(), o.limit.window(), value));
    }

    /** No limit; requests in a sliding window are still counted. */
    public SandboxOptions noLimit() {
        return with(o -> o.limit = new RateLimit.Rule(Integer.MAX_VALUE, o.limit.window(), o.limit.reading()));
    }

    /** The form of {@code Retry-After} when the limit is exceeded. */
    public SandboxOptions retryAfter(RetryAfterForm value) {
        return with(o -> o.retryAfter = value);
    }

    /** How many threads there are at the start. */
    public SandboxOptions threads(int value) {
        return with(o -> o.threads = value);
    }

    /** The period before the start over which the first threads are spread. */
    public SandboxOptions over(Duration value) {
        return with(o -> o.over = value);
    }

    /** The share (0..1) of the first threads that have exactly the times of their predecessor. */
    public SandboxOptions equalTimes(double share) {
        return with(o -> o.equalTimes = share);
    }

    /** New threads and updates of random threads a second, made by the platform itself. */
    public SandboxOptions growth(double adds, double updates) {
        return with(o -> {
            o.addsPerSecond = adds;
            o.updatesPerSecond = updates;
        });
    }

    /** What ids, texts, times and choices are computed from. */
    public SandboxOptions seed(long value) {
        return with(o -> o.seed = value);
    }

    /** How the end of an interval is read. */
    public SandboxOptions interval(IntervalReading value) {
        return with(o -> o.interval = value);
    }

    /** What "newest first" means; undocumented under the {@code UpdatedUtc} filter. */
    public SandboxOptions order(ThreadOrder value) {
        return with(o -> o.order = value);
    }

    /** The precision of all times; undocumented. */
    public SandboxOptions precision(TimePrecision value) {
        return with(o -> o.precision = value);
    }

    /** What a cursor means once its thread no longer matches the filter; undocumented. */
    public SandboxOptions cursorPolicy(CursorPolicy value) {
        return with(o -> o.cursorPolicy = value);
    }

    /** How long every answer within the limit takes at least; nothing is read or carried out before. */
    public SandboxOptions latency(Duration value) {
        return with(o -> o.latency = value);
    }

    /** The local clock, for a platform in simulated time. Its limit follows monotonic time nevertheless. */
    public SandboxOptions clock(InstantSource value) {
        return with(o -> o.clock = value);
    }

    /** How far the platform's clock is ahead of the local one; negative is behind. */
    public SandboxOptions clockOffset(Duration value) {
        return with(o -> o.clockOffset = value);
    }

    /** Whether requests are remembered one by one (the last 100,000) or only counted. */
    public SandboxOptions keepRequestLog(boolean value) {
        return with(o -> o.keepRequestLog = value);
    }

    /**
     * Whether threads carry properties that no contract mentions, with numbers and escapes that must pass unchanged.
     */
    public SandboxOptions extraFields(boolean value) {
        return with(o -> o.extraFields = value);
    }

    /** How the platform misbehaves at the start; see {@link SandboxPlatform#setFaults}. */
    public SandboxOptions faults(Faults value) {
        return with(o -> o.faults = value);
    }

    /** How an add shortens its texts: to so many UTF-16 units, trimmed, and then that ending. Undocumented. */
    public SandboxOptions cut(int sender, int subject, String ending) {
        return with(o -> {
            o.longestSender = sender;
            o.longestSubject = subject;
            o.cutEnding = ending;
        });
    }

    /** Adds whose subject contains one of these words are refused with its status: 400, 403 or 413. */
    public SandboxOptions refuse(Map<String, Integer> statuses) {
        return with(o -> o.refusals = Map.copyOf(statuses));
    }

    /** How it treats the messages of its threads. */
    public SandboxOptions messages(MessageOptions value) {
        return with(o -> o.messages = value);
    }

    MessageOptions messages() {
        return messages;
    }

    int longestSender() {
        return longestSender;
    }

    int longestSubject() {
        return longestSubject;
    }

    String cutEnding() {
        return cutEnding;
    }

    Map<String, Integer> refusals() {
        return refusals;
    }

    int port() {
        return port;
    }

    Map<String, Set<UUID>> accessTokens() {
        return accessTokens;
    }

    String clientToken() {
        return clientToken;
    }

    RateLimit.Rule limit() {
        return limit;
    }

    RetryAfterForm retryAfter() {
        return retryAfter;
    }

    int threads() {
        return threads;
    }

    Duration over() {
        return over;
    }

    double equalTimes() {
        return equalTimes;
    }

    double addsPerSecond() {
        return addsPerSecond;
    }

    double updatesPerSecond() {
        return updatesPerSecond;
    }

    long seed() {
        return seed;
    }

    IntervalReading interval() {
        return interval;
    }

    ThreadOrder order() {
        return order;
    }

    TimePrecision precision() {
        return precision;
    }

    CursorPolicy cursorPolicy() {
        return cursorPolicy;
    }

    Duration latency() {
        return latency;
    }

    InstantSource clock() {
        return clock;
    }

    Duration clockOffset() {
        return clockOffset;
    }

    boolean keepRequestLog() {
        return keepRequestLog;
    }

    boolean extraFields() {
        return extraFields;
    }

    Faults faults() {
        return faults;
    }

    private SandboxOptions with(Consumer<SandboxOptions> change) {
        try {
            SandboxOptions copy = (SandboxOptions) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
