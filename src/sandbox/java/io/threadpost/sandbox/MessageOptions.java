package io.threadpost.sandbox;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** How a platform treats the messages of its threads. Immutable: each setting gives a new value. */
public final class MessageOptions implements Cloneable {
    private Duration staffDelay;
    private boolean movesThread = true;
    private boolean leavesOutUnknownThreads;
    private boolean senderAsText;
    private int longest = Integer.MAX_VALUE;
    private String cutEnding = "";
    private Map<String, Integer> refusals = Map.of();
    private int resolvedStatus = 200;
    private URI webhook;
    private Duration webhookDelay = Duration.ZERO;
    private Duration webhookRetry = Duration.ofSeconds(1);

    /** No staff, no webhook; a message moves its thread's {@code UpdatedUtc}. */
    public MessageOptions() {}

    /** A member of staff answers so long after a message of a guest, three times in a thread at most. */
    public MessageOptions staffAnswersAfter(Duration delay) {
        return with(o -> o.staffDelay = delay);
    }

    /** Whether a message moves its thread's {@code UpdatedUtc}; undocumented. */
    public MessageOptions movesThread(boolean value) {
        return with(o -> o.movesThread = value);
    }

    /** Whether getAll leaves out threads that do not exist, instead of 400; undocumented. */
    public MessageOptions leavesOutUnknownThreads(boolean value) {
        return with(o -> o.leavesOutUnknownThreads = value);
    }

    /** Whether {@code Sender} is a text, as in the OpenAPI description, instead of an object, as documented. */
    public MessageOptions senderAsText(boolean value) {
        return with(o -> o.senderAsText = value);
    }

    /** How an add shortens a text: to so many UTF-16 units, trimmed, and then that ending. Undocumented. */
    public MessageOptions cut(int units, String ending) {
        return with(o -> {
            o.longest = units;
            o.cutEnding = ending;
        });
    }

    /** Adds with a text that contains one of these words are refused with its status: 400, 401, 403 or 413. */
    public MessageOptions refuse(Map<String, Integer> statuses) {
        return with(o -> o.refusals = Map.copyOf(statuses));
    }

    /** The status of an add to a resolved thread, such as 403; 200, by default, adds it. Undocumented. */
    public MessageOptions resolvedStatus(int status) {
        return with(o -> o.resolvedStatus = status);
    }

    /** Where {@code MessageAdded} events are sent. */
    public MessageOptions webhook(URI value) {
        return with(o -> o.webhook = value);
    }

    /** How long after a message its event is sent, and how long after a failed try again. */
    public MessageOptions webhookTiming(Duration delay, Duration retry) {
        return with(o -> {
            o.webhookDelay = delay;
            o.webhookRetry = retry;
        });
    }

    /** Null for no staff. */
    Duration staffDelay() {
        return staffDelay;
    }

    boolean movesThread() {
        return movesThread;
    }

    boolean leavesOutUnknownThreads() {
        return leavesOutUnknownThreads;
    }

    boolean senderAsText() {
        return senderAsText;
    }

    String cut(String text) {
        return text.length() <= longest
                ? text
                : text.substring(0, longest - cutEnding.length()).strip() + cutEnding;
    }

    Map<String, Integer> refusals() {
        return refusals;
    }

    int resolvedStatus() {
        return resolvedStatus;
    }

    /** Null for none. */
    URI webhook() {
        return webhook;
    }

    Duration webhookDelay() {
        return webhookDelay;
    }

    Duration webhookRetry() {
        return webhookRetry;
    }

    private MessageOptions with(Consumer<MessageOptions> change) {
        try {
            MessageOptions copy = (MessageOptions) clone();
            change.accept(copy);
            return copy;
        } catch (CloneNotSupportedException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
