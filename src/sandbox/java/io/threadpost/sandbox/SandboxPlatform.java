package io.threadpost.sandbox;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * A platform of message threads on loopback that behaves as the real one is documented, and injects faults on demand.
 * It records what it served and what it refused. Safe for use by several threads.
 */
public final class SandboxPlatform implements AutoCloseable {
    private final SandboxOptions options;
    private final ThreadStore store;
    private final ThreadJson json;
    private final Enterprises enterprises;
    private final RateLimit limit;
    private final RequestLog log;
    private final ScheduledExecutorService later;
    private final Growth growth;
    private final Api api;
    private final SandboxConversations conversations;
    private final Messages messages;
    private final ConversationPages conversationPages;
    private final StatusPages pages;
    private final WireServer server;
    private volatile Duration clockOffset;

    private SandboxPlatform(SandboxOptions options) throws IOException {
        this.options = options;
        this.clockOffset = options.clockOffset();
        this.enterprises = new Enterprises(options.accessTokens());
        this.store =
                new ThreadStore(options.seed(), options.precision(), options.order(), () -> SandboxTicks.of(now()));
        InitialThreads.fill(store, options, enterprises.count(), SandboxTicks.of(now()));
        this.json = new ThreadJson(store, options.precision(), options.extraFields());
        this.limit = new RateLimit(options.accessTokens().keySet(), options.limit());
        this.log = new RequestLog(options.keepRequestLog());
        this.later = Executors.newSingleThreadScheduledExecutor(SandboxPlatform::daemon);
        this.growth = new Growth(store, enterprises.count(), options, later);
        GetAll getAll = new GetAll(store, json, enterprises, options.cursorPolicy(), options.precision());
        AddThread addThread = new AddThread(store, json, enterprises, later, options);
        MessageStore messageStore = new MessageStore(
                store,
                options.messages().movesThread(),
                options.precision(),
                options.seed(),
                () -> SandboxTicks.of(now()));
        this.conversations = new SandboxConversations(store, messageStore, enterprises, later, options.messages());
        this.messages = new Messages(store, messageStore, enterprises, later, options, conversations::published);
        this.api = new Api(options, limit, getAll, addThread, messages, store, log, this::now);
        this.conversationPages = new ConversationPages(store, conversations);
        this.pages = new StatusPages(store, json, log, limit, growth);
        this.server = new WireServer(options.port(), this::answer);
    }

    /**
     * Starts a platform on 127.0.0.1.
     *
     * @throws UncheckedIOException if the port is taken
     */
    public static SandboxPlatform start(SandboxOptions options) {
        try {
            return new SandboxPlatform(options);
        } catch (IOException portTaken) {
            throw new UncheckedIOException(
                    "The sandbox platform cannot listen on port " + options.port() + ": " + portTaken.getMessage(),
                    portTaken);
        }
    }

    /** The platform address, as in {@code http://127.0.0.1:8089}, without a path. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** The platform's time. */
    public Instant now() {
        return options.clock().instant().plus(clockOffset);
    }

    /** Adds a thread of the first enterprise, created and updated at the same time; answers its id. */
    public String addThread(Instant created, String sender, String subject) {
        return id(store.add(SandboxTicks.of(created), 0, new ThreadText(sender, subject)));
    }

    /** Adds a thread of a certain enterprise, which an access token must have in its scope; answers its id. */
    public String addThread(Instant created, String sender, String subject, UUID enterprise) {
        return id(store.add(SandboxTicks.of(created), enterprises.number(enterprise), new ThreadText(sender, subject)));
    }

    /**
     * Gives a thread a new version: now, or one unit of time after the last version where the clock has not moved
     * since.
     */
    public void updateThread(String id) {
        store.update(slot(id));
    }

    /** Gives a thread the version of a certain time, which may be any time after its creation. */
    public void updateThread(String id, Instant updated) {
        store.update(slot(id), SandboxTicks.of(updated));
    }

    /** The subjects of all threads, including those that are not visible yet, in the order of their creation. */
    public List<String> subjects() {
        return IntStream.range(0, store.size())
                .mapToObj(slot -> store.text(slot).subject())
                .toList();
    }

    /** A thread as it would be served now, byte for byte. */
    public String threadJson(String id) {
        JsonBuffer text = new JsonBuffer(512);
        json.thread(text, store.version(slot(id)));
        return text.toString();
    }

    /**
     * The current version of every visible thread, each as "Id UpdatedUtc" as the exact text that is served; consistent
     * once growth has stopped.
     */
    public Set<String> versions() {
        Set<String> versions = new HashSet<>();
        int size = store.size();
        for (int slot = 0; slot < size; slot++) {
            if (store.isVisible(slot)) {
                versions.add(text(store.version(slot)));
            }
        }
        return versions;
    }

    /**
     * Every version, as "Id UpdatedUtc", that was ever in a 200 answer to {@code getAll} that was sent whole. It is
     * unknown whether a client that disconnected meanwhile has read it.
     */
    public Set<String> everyVersion() {
        Set<String> versions = new HashSet<>();
        store.served().forEach(version -> versions.add(text(version)));
        return versions;
    }

    /** The messages of its threads. */
    public SandboxConversations conversations() {
        return conversations;
    }

    /** The last 100,000 requests, oldest first; empty where no request log is kept. */
    public List<SandboxRequest> requests() {
        return log.requests();
    }

    /**
     * The requests refused with 400, 401, 404 or 413 for a mistake of the client, injected faults left out, oldest
     * first.
     */
    public List<SandboxRequest> refusals() {
        return log.refusals();
    }

    /**
     * The most requests of one access token in any sliding window of the limit, refused ones included, since the start.
     */
    public int maxInWindow() {
        return limit.most();
    }

    /** Requests that arrived before the {@code Retry-After} of their token's last 429 was over, since the start. */
    public int earlyAfter429() {
        return limit.early();
    }

    /** Forgets the requests and refusals so far; the counts of the whole run stay. */
    public void clearRequests() {
        log.clear();
    }

    /** From now on these faults; requests are counted from 1 again. */
    public void setFaults(Faults faults) {
        api.setFaults(faults);
    }

    /**
     * From now on every operation on messages is answered with this status, as for a token that lacks the permission.
     *
     * @param status 401 or 403; 0 permits them again
     */
    public void denyMessages(int status) {
        messages.deny(status);
    }

    /** Refuses an access token with 401 from now on, or accepts it again. */
    public void revoke(String accessToken, boolean revoked) {
        api.revoke(accessToken, revoked);
    }

    /** The enterprise of a thread, which no answer names. */
    public UUID enterprise(String id) {
        return enterprises.id(store.enterprise(slot(id)));
    }

    /**
     * Answers a request without a connection.
     *
     * @param request as on the wire, in HTTP/1.1
     * @return as on the wire: less than the whole answer, or nothing, where the connection would be closed or reset
     * @throws IOException when the connection would be closed without an answer
     */
    public byte[] exchange(byte[] request) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        answer(WireRequest.read(new ByteArrayInputStream(request), out, request.length))
                .send(out, true);
        return out.toByteArray();
    }

    /** Moves the platform's clock: how far it is ahead of the local one. */
    public void setClockOffset(Duration offset) {
        clockOffset = offset;
    }

    /** While not available, connections are refused, and open ones are reset. The port stays the same. */
    public void setAvailable(boolean available) {
        if (available) {
            server.open();
        } else {
            server.shut();
        }
    }

    /** Stops growth for good. */
    public void quiet() {
        growth.stop();
    }

    /**
     * Shows one more line on the platform's page, about another part of the sandbox.
     *
     * @param line asked for each time; must not fail
     */
    public void show(String what, Supplier<String> line) {
        pages.show(what, line);
    }

    /** Shows one more page, about another part of the sandbox. */
    void showPage(String path, Supplier<HtmlPage> page) {
        pages.showPage(path, page);
    }

    SandboxOptions options() {
        return options;
    }

    @Override
    public void close() {
        server.close();
        conversations.close();
        later.shutdownNow();
    }

    private WireAnswer answer(WireRequest request) throws IOException {
        WireAnswer page = request.path().startsWith("/sandbox/") ? conversationPages.answer(request) : null;
        page = page != null ? page : pages.answer(request);
        return page != null ? page.with("Date", HttpDate.of(now())) : api.answer(request);
    }

    private int slot(String id) {
        return store.visibleSlot(id);
    }

    private String id(int slot) {
        return store.ids().id(slot).toString();
    }

    private String text(ThreadVersion version) {
        return json.version(new JsonBuffer(72), version).toString();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "sandbox-platform-life");
        thread.setDaemon(true);
        return thread;
    }
}
