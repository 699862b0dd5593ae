package io.threadpost.page;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an operator can do on the page. Each has the address {@code /actions/ID}. */
enum OperatorAction {
    SPOOL_TRY("spool-try", "Try now", "What waited for its next attempt is tried now."),
    SPOOL_HOLD("spool-hold", "Hold", "The spool is held."),
    SPOOL_RELEASE("spool-release", "Release", "The spool is released."),
    SPOOL_MOVE("spool-move", "Move all items", "{count} item was moved.", "{count} items were moved."),
    SPOOL_DISCARD("spool-discard", "Discard all items", "{count} item was discarded.", "{count} items were discarded."),
    DEAD_REPLAY("dead-replay", "Replay", "{count} item waits again.", "{count} items wait again."),
    DEAD_DISCARD("dead-discard", "Discard", "{count} item was discarded.", "{count} items were discarded."),
    TARGET_FORGET("target-forget", "Forget the target", "The target is forgotten."),
    MAILBOX_TRY("mailbox-try", "Try now", "The mailbox is polled now."),
    MAILBOX_RELEASE("mailbox-release", "Release", "The mailbox goes on."),
    MAIL_RELEASE("mail-release", "Release", "{count} mail was released.", "{count} mails were released."),
    MAIL_DISCARD("mail-discard", "Discard", "{count} mail was discarded.", "{count} mails were discarded."),
    REPLIES_STOP("replies-stop", "Stop replies", "Replies to the guest are stopped."),
    REPLIES_RESUME(
            "replies-resume",
            "Resume replies",
            "Replies to the guest are resumed; {count} withheld one is sent.",
            "Replies to the guest are resumed; {count} withheld ones are sent."),
    ALERTS_TEST(
            "alerts-test",
            "Send a test alert",
            "{count} channel has taken the test alert.",
            "{count} channels have taken the test alert."),
    BACKFILL_BEGIN("backfill-begin", "Begin", "Backfill {id} has begun."),
    BACKFILL_PAUSE("backfill-pause", "Pause", "Backfill {id} is paused."),
    BACKFILL_RESUME("backfill-resume", "Resume", "Backfill {id} is resumed."),
    BACKFILL_CANCEL("backfill-cancel", "Cancel the backfill", "Backfill {id} is cancelled."),
    BACKFILL_AGAIN("backfill-again", "Run again", "Backfill {id} runs again."),
    GAPS_FILL("gaps-fill", "Fill the gaps", "The gaps are being filled."),
    COVERAGE_AUDIT(
            "coverage-audit",
            "Compare",
            "{count} thread was missing and is pulled now.",
            "{count} threads were missing and are pulled now."),
    REDELIVERY_BEGIN("redelivery-begin", "Deliver again", "Re-delivery {id} has begun."),
    REDELIVERY_PAUSE("redelivery-pause", "Pause", "Re-delivery {id} is paused."),
    REDELIVERY_RESUME("redelivery-resume", "Resume", "Re-delivery {id} is resumed."),
    REDELIVERY_CANCEL("redelivery-cancel", "Cancel the re-delivery", "Re-delivery {id} is cancelled."),
    ROUTE_TRACE("route-trace", "Trace for a minute", "The route is traced for a minute; reload to see what passed it."),
    ROUTE_FILE_RESTORE(
            "route-file-restore",
            "Restore this version",
            "The version is in the folder; it runs in a second, or its errors are shown here.");

    /** In place of the name of a spool: all spools. */
    static final String ALL_SPOOLS = "_all";

    private final String id;
    private final String button;
    private final String one;
    private final String many;

    OperatorAction(String id, String button, String done) {
        this(id, button, done, done);
    }

    /**
     * @param one what it did, if it changed one thing
     * @param many the same, if it changed another number of them
     */
    OperatorAction(String id, String button, String one, String many) {
        this.id = id;
        this.button = button;
        this.one = one;
        this.many = many;
    }

    static Optional<OperatorAction> of(String id) {
        return Stream.of(values()).filter(action -> action.id.equals(id)).findFirst();
    }

    String id() {
        return id;
    }

    /** @return the text of its button */
    String button() {
        return button;
    }

    /** @return whether what it takes away does not come back */
    boolean destructive() {
        return this == SPOOL_DISCARD || this == DEAD_DISCARD || this == TARGET_FORGET || this == MAIL_DISCARD;
    }

    /** @return the page that a person comes from, and returns to */
    String place(Map<String, String> given) {
        return switch (id.substring(0, id.indexOf('-'))) {
            case "spool", "dead" -> PageFormat.path("spools", given.getOrDefault("spool", ALL_SPOOLS));
            case "mail" -> given.containsKey("number") ? PageFormat.path("mails", given.get("number")) : "/mails";
            case "backfill", "gaps", "coverage", "redelivery" -> "/backfills";
            case "route" -> PageFormat.path("routes", given.getOrDefault("file", ""));
            case "alerts" -> "/system";
            default -> "/";
        };
    }

    /** @return what it did, for people */
    String result(long changed, long left) {
        String done = (changed == 1 ? one : changed == 0 ? nothing() : many)
                .replace("{count}", PageFormat.number(changed))
                .replace("{id}", String.valueOf(changed));
        if (left == 0) {
            return done;
        }
        return this == ALERTS_TEST
                ? done + " The others have not: the reason is in the log."
                : done + " " + PageFormat.count(left, "item stayed.", "items stayed.");
    }

    private String nothing() {
        return switch (this) {
            case TARGET_FORGET -> "The target was not known any more.";
            case GAPS_FILL -> "There is no gap to fill.";
            case COVERAGE_AUDIT -> "Nothing is missing in the time that can be compared.";
            case ROUTE_FILE_RESTORE -> "The folder has this version already.";
            default -> many;
        };
    }
}
