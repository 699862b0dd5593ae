package io.threadpost.page;

import java.util.Optional;
import java.util.stream.Stream;

/** What an operator can do on the page. Each has the address {@code /actions/ID}. */
enum OperatorAction {
    SPOOL_TRY("spool-try", "Try now"),
    SPOOL_HOLD("spool-hold", "Hold"),
    SPOOL_RELEASE("spool-release", "Release"),
    SPOOL_MOVE("spool-move", "Move all items"),
    SPOOL_DISCARD("spool-discard", "Discard all items"),
    DEAD_REPLAY("dead-replay", "Replay"),
    DEAD_DISCARD("dead-discard", "Discard"),
    TARGET_FORGET("target-forget", "Forget the target"),
    MAILBOX_TRY("mailbox-try", "Try now"),
    MAILBOX_RELEASE("mailbox-release", "Release"),
    MAIL_RELEASE("mail-release", "Release"),
    MAIL_DISCARD("mail-discard", "Discard"),
    REPLIES_STOP("replies-stop", "Stop replies"),
    REPLIES_RESUME("replies-resume", "Resume replies"),
    ALERTS_TEST("alerts-test", "Send a test alert"),
    BACKFILL_BEGIN("backfill-begin", "Begin"),
    BACKFILL_PAUSE("backfill-pause", "Pause"),
    BACKFILL_RESUME("backfill-resume", "Resume"),
    BACKFILL_CANCEL("backfill-cancel", "Cancel the backfill"),
    BACKFILL_AGAIN("backfill-again", "Run again"),
    GAPS_FILL("gaps-fill", "Fill the gaps"),
    COVERAGE_AUDIT("coverage-audit", "Compare"),
    REDELIVERY_BEGIN("redelivery-begin", "Deliver again"),
    REDELIVERY_PAUSE("redelivery-pause", "Pause"),
    REDELIVERY_RESUME("redelivery-resume", "Resume"),
    REDELIVERY_CANCEL("redelivery-cancel", "Cancel the re-delivery"),
    ROUTE_TRACE("route-trace", "Trace for a minute"),
    ROUTE_FILE_RESTORE("route-file-restore", "Restore this version");

    private final String id;
    private final String button;

    OperatorAction(String id, String button) {
        this.id = id;
        this.button = button;
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

    /** @return what it did, for people */
    String result(long changed, long left) {
        String done =
                switch (this) {
                    case SPOOL_TRY -> "What waited for its next attempt is tried now.";
                    case SPOOL_HOLD -> "The spool is held.";
                    case SPOOL_RELEASE -> "The spool is released.";
                    case SPOOL_MOVE -> PageFormat.count(changed, "item was moved.", "items were moved.");
                    case SPOOL_DISCARD, DEAD_DISCARD ->
                        PageFormat.count(changed, "item was discarded.", "items were discarded.");
                    case DEAD_REPLAY -> PageFormat.count(changed, "item waits again.", "items wait again.");
                    case TARGET_FORGET ->
                        changed == 0 ? "The target was not known any more." : "The target is forgotten.";
                    case MAILBOX_TRY -> "The mailbox is polled now.";
                    case MAILBOX_RELEASE -> "The mailbox goes on.";
                    case MAIL_RELEASE -> PageFormat.count(changed, "mail was released.", "mails were released.");
                    case MAIL_DISCARD -> PageFormat.count(changed, "mail was discarded.", "mails were discarded.");
                    case REPLIES_STOP -> "Replies to the guest are stopped.";
                    case BACKFILL_BEGIN -> "Backfill " + changed + " has begun.";
                    case BACKFILL_PAUSE -> "Backfill " + changed + " is paused.";
                    case BACKFILL_RESUME -> "Backfill " + changed + " is resumed.";
                    case BACKFILL_CANCEL -> "Backfill " + changed + " is cancelled.";
                    case BACKFILL_AGAIN -> "Backfill " + changed + " runs again.";
                    case GAPS_FILL -> changed == 0 ? "There is no gap to fill." : "The gaps are being filled.";
                    case COVERAGE_AUDIT ->
                        changed == 0
                                ? "Nothing is missing in the time that can be compared."
                                : PageFormat.count(changed, "thread was missing", "threads were missing")
                                        + " and is pulled now.";
                    case REDELIVERY_BEGIN -> "Re-delivery " + changed + " has begun.";
                    case REDELIVERY_PAUSE -> "Re-delivery " + changed + " is paused.";
                    case REDELIVERY_RESUME -> "Re-delivery " + changed + " is resumed.";
                    case REDELIVERY_CANCEL -> "Re-delivery " + changed + " is cancelled.";
                    case ROUTE_TRACE -> "The route is traced for a minute; reload to see what passed it.";
                    case ROUTE_FILE_RESTORE ->
                        changed == 0
                                ? "The folder has this version already."
                                : "The version is in the folder; it runs in a second, or its errors are shown here.";
                    case REPLIES_RESUME ->
                        "Replies to the guest are resumed; "
                                + PageFormat.count(changed, "withheld one is sent.", "withheld ones are sent.");
                    case ALERTS_TEST ->
                        PageFormat.count(
                                        changed,
                                        "channel has taken the test alert.",
                                        "channels have taken the test alert.")
                                + (left == 0 ? "" : " The others have not: the reason is in the log.");
                };
        return this == ALERTS_TEST || left == 0
                ? done
                : done + " " + PageFormat.count(left, "item stayed.", "items stayed.");
    }
}
