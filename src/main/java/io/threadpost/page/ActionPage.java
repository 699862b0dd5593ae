package io.threadpost.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.alert.AlertsResource;
import io.threadpost.ops.ApiRefusal;
import io.threadpost.ops.DeadItemsResource;
import io.threadpost.ops.MailboxesResource;
import io.threadpost.ops.MailsResource;
import io.threadpost.ops.RepliesResource;
import io.threadpost.ops.SpoolsResource;
import io.threadpost.ops.TargetsResource;
import io.threadpost.page.ActionForm.Confirmation;
import io.threadpost.page.ActionForm.Field;
import io.threadpost.page.ActionForm.Option;
import io.threadpost.page.ActionForm.Outcome;

/**
 * Operator actions as forms: first the consequence in a sentence, then the act, through the resource of the API, so
 * that both do the same and log the same.
 */
@Singleton
final class ActionPage {
    private static final String ALL_SPOOLS = "_all";
    private static final JsonMapper JSON = new JsonMapper();

    private final SpoolsResource spools;
    private final DeadItemsResource deadItems;
    private final TargetsResource targets;
    private final MailboxesResource mailboxes;
    private final MailsResource mails;
    private final RepliesResource replies;
    private final AlertsResource alerts;
    private final PullActions pulls;
    private final RouteActions routes;

    ActionPage(
            SpoolsResource spools,
            DeadItemsResource deadItems,
            TargetsResource targets,
            MailboxesResource mailboxes,
            MailsResource mails,
            RepliesResource replies,
            AlertsResource alerts,
            PullActions pulls,
            RouteActions routes) {
        this.spools = spools;
        this.deadItems = deadItems;
        this.targets = targets;
        this.mailboxes = mailboxes;
        this.mails = mails;
        this.replies = replies;
        this.alerts = alerts;
        this.pulls = pulls;
        this.routes = routes;
    }

    /** @throws ApiRefusal when what it is about does not exist */
    Confirmation confirmation(OperatorAction action, Map<String, String> given) {
        String spool = given.get("spool");
        return switch (action) {
            case SPOOL_TRY ->
                ActionForm.form(
                        action,
                        given,
                        "Try spool " + spools.one(spool).name() + " now",
                        "Everything in spool " + spool
                                + " that waits for its next attempt is tried at once, the target too.",
                        "If it fails again, it waits again; nothing is lost.",
                        List.of());
            case SPOOL_HOLD ->
                ActionForm.form(
                        action,
                        given,
                        "Hold spool " + spools.one(spool).name(),
                        "Nothing leaves spool " + spool
                                + " on any node, also after a restart; items in flight are completed, and new ones "
                                + "keep arriving.",
                        "Release undoes it.",
                        List.of(new Field("why", "Why", "Shown to everybody who looks here.", "", false, List.of())));
            case SPOOL_RELEASE ->
                ActionForm.form(
                        action,
                        given,
                        "Release spool " + spools.one(spool).name(),
                        "Spool " + spool + " delivers again, " + waiting(spool) + ".",
                        "Hold undoes it, but what was delivered stays delivered.",
                        List.of());
            case SPOOL_MOVE ->
                ActionForm.form(
                        action,
                        given,
                        "Move all items of spool " + spools.one(spool).name(),
                        "All items of spool " + spool + " go to another spool, dead ones included: "
                                + waiting(spool) + ", " + dead(spool)
                                + ". Items in flight stay.",
                        "Moving them back undoes it, as long as they wait there.",
                        List.of(new Field("to", "To spool", "", "", true, otherSpools(spool))));
            case SPOOL_DISCARD ->
                ActionForm.form(
                        action,
                        given,
                        "Discard all items of spool " + spools.one(spool).name(),
                        "All items of spool " + spool + " are discarded and never delivered: " + waiting(spool) + ", "
                                + dead(spool) + ". Items in flight stay.",
                        "This cannot be undone.",
                        List.of());
            case DEAD_REPLAY ->
                ActionForm.form(
                        action,
                        given,
                        "Replay " + deadText(given),
                        capital(deadText(given)) + " wait" + (given.containsKey("id") ? "s" : "")
                                + " in the spool again, due at once and with all attempts.",
                        "What fails again is dead again, with the new reason.",
                        List.of());
            case DEAD_DISCARD ->
                ActionForm.form(
                        action,
                        given,
                        "Discard " + deadText(given),
                        capital(deadText(given)) + (given.containsKey("id") ? " is" : " are")
                                + " discarded and never delivered.",
                        "This cannot be undone.",
                        List.of());
            case TARGET_FORGET ->
                ActionForm.form(
                        action,
                        given,
                        "Forget target " + given.get("target"),
                        "What is sent to the spools of target " + given.get("target")
                                + " is dropped from now on; items that are in them stay until they are moved or "
                                + "discarded.",
                        "Setting the target's address again starts it anew; what was dropped meanwhile is lost for "
                                + "it.",
                        List.of());
            case MAILBOX_TRY ->
                ActionForm.form(
                        action,
                        given,
                        "Try mailbox " + mailboxes.one(given.get("mailbox")).name() + " now",
                        "Mailbox " + given.get("mailbox") + " is polled at once, and mails that could not be fetched "
                                + "are fetched again.",
                        "If it fails again, it waits again; nothing is lost.",
                        List.of());
            case MAILBOX_RELEASE -> mailboxRelease(action, given);
            case MAIL_RELEASE ->
                ActionForm.form(
                        action,
                        given,
                        "Release " + mailText(given),
                        capital(mailText(given)) + " become" + (given.containsKey("number") ? "s a thread" : " threads")
                                + " without being judged again; what the platform refused is retried.",
                        "A thread on the platform cannot be taken back.",
                        mailTexts(given));
            case MAIL_DISCARD ->
                ActionForm.form(
                        action,
                        given,
                        "Discard " + mailText(given),
                        capital(mailText(given))
                                + (given.containsKey("number") ? " becomes no thread" : " become no threads")
                                + "; in the mailbox nothing is deleted.",
                        "Release undoes it, one by one, for as long as the mail is kept.",
                        List.of());
            case REPLIES_STOP ->
                ActionForm.form(
                        action,
                        given,
                        "Stop replies in thread " + given.get("thread"),
                        "What the hotel writes in thread " + given.get("thread")
                                + " is no longer sent to the guest, but withheld.",
                        "Resume undoes it.",
                        List.of());
            case ALERTS_TEST ->
                ActionForm.form(
                        action,
                        given,
                        "Send a test alert",
                        "Everybody who gets alerts gets one that says that it is a test; this waits until each channel"
                                + " has taken it.",
                        "A mail cannot be taken back.",
                        List.of());
            case REPLIES_RESUME ->
                ActionForm.form(
                        action,
                        given,
                        "Resume replies in thread " + given.get("thread"),
                        "What the hotel writes in thread " + given.get("thread") + " is sent to the guest again.",
                        "Stop undoes it, but a mail that was sent stays sent.",
                        List.of(new Field(
                                "withheld",
                                "Replies withheld meanwhile",
                                "",
                                "",
                                true,
                                List.of(new Option("false", "stay withheld"), new Option("true", "are sent now")))));
            case BACKFILL_BEGIN,
                    BACKFILL_PAUSE,
                    BACKFILL_RESUME,
                    BACKFILL_CANCEL,
                    BACKFILL_AGAIN,
                    GAPS_FILL,
                    COVERAGE_AUDIT,
                    REDELIVERY_BEGIN,
                    REDELIVERY_PAUSE,
                    REDELIVERY_RESUME,
                    REDELIVERY_CANCEL -> pulls.confirmation(action, given);
            case ROUTE_TRACE, ROUTE_FILE_RESTORE -> routes.confirmation(action, given);
        };
    }

    private Confirmation mailboxRelease(OperatorAction action, Map<String, String> given) {
        MailboxesResource.Mailbox mailbox = mailboxes.one(given.get("mailbox"));
        String held =
                mailbox.held() == null ? "It is not held." : mailbox.held().reason();
        return ActionForm.form(
                action,
                given,
                "Release mailbox " + mailbox.name(),
                "Mailbox " + mailbox.name() + " goes on. It waits for a decision: " + held,
                "What has become a thread cannot be taken back.",
                List.of(new Field(
                        "unknown",
                        "The mails that are not known",
                        "",
                        "",
                        true,
                        List.of(
                                new Option("leave", "stay out: they were handled before"),
                                new Option("take", "become threads: they are new")))));
    }

    /** @throws ApiRefusal as the API refuses it */
    Outcome run(OperatorAction action, Map<String, String> given) {
        String back = ActionForm.back(action, given);
        String spool = given.get("spool");
        return switch (action) {
            case SPOOL_TRY -> done(spools.tryNow(spool, "{}"), back);
            case SPOOL_HOLD -> done(spools.hold(spool, json(given, Map.of("why", "reason"))), back);
            case SPOOL_RELEASE -> done(spools.release(spool, "{}"), back);
            case SPOOL_MOVE -> {
                SpoolsResource.Moved moved = spools.move(spool, json(given, Map.of("to", "to")));
                yield new Outcome(moved.moved(), moved.left(), back);
            }
            case SPOOL_DISCARD -> {
                SpoolsResource.Discarded discarded = spools.discard(spool, "{\"all\":true}");
                yield new Outcome(discarded.discarded(), discarded.left(), back);
            }
            case DEAD_REPLAY -> new Outcome(deadItems.replay(spool, dead(given)).replayed(), 0, back);
            case DEAD_DISCARD ->
                new Outcome(deadItems.discard(spool, dead(given)).discarded(), 0, back);
            case TARGET_FORGET ->
                new Outcome(targets.forget(given.get("target"), "{}").forgotten() ? 1 : 0, 0, back);
            case MAILBOX_TRY -> done(mailboxes.tryNow(given.get("mailbox"), "{}"), back);
            case MAILBOX_RELEASE ->
                done(mailboxes.release(given.get("mailbox"), json(given, Map.of("unknown", "unknown"))), back);
            case MAIL_RELEASE -> new Outcome(mails.release(releasedMails(given)).released(), 0, back);
            case MAIL_DISCARD -> new Outcome(mails.discard(selectedMails(given)).discarded(), 0, back);
            case REPLIES_STOP -> done(replies.stop(json(given, same("thread"))), back);
            case ALERTS_TEST -> {
                AlertsResource.Tested tested = alerts.test("{}");
                yield new Outcome(tested.sent().size(), tested.failed().size(), back);
            }
            case REPLIES_RESUME ->
                new Outcome(
                        replies.resume(json(given, same("thread", "withheld"))).released(), 0, back);
            case BACKFILL_BEGIN,
                    BACKFILL_PAUSE,
                    BACKFILL_RESUME,
                    BACKFILL_CANCEL,
                    BACKFILL_AGAIN,
                    GAPS_FILL,
                    COVERAGE_AUDIT,
                    REDELIVERY_BEGIN,
                    REDELIVERY_PAUSE,
                    REDELIVERY_RESUME,
                    REDELIVERY_CANCEL -> pulls.run(action, given);
            case ROUTE_TRACE, ROUTE_FILE_RESTORE -> routes.run(action, given);
        };
    }

    private static Outcome done(Object view, String back) {
        return new Outcome(view == null ? 0 : 1, 0, back);
    }

    /** @param names from a field of the form to a field of the action */
    private static String json(Map<String, String> given, Map<String, String> names) {
        ObjectNode object = JSON.createObjectNode();
        names.forEach((field, name) -> {
            String value = given.getOrDefault(field, "").strip();
            if (!value.isEmpty()) {
                if (List.of("id", "number").contains(name)) {
                    object.put(name, number(name, value));
                } else if (List.of("all", "withheld").contains(name)) {
                    object.put(name, value.equals("true"));
                } else {
                    object.put(name, value);
                }
            }
        });
        return object.toString();
    }

    private static long number(String name, String value) {
        if (!value.matches("\\d{1,18}")) {
            throw new ApiRefusal(400, "`" + name + "` is not a number", "go back and act there again");
        }
        return Long.parseLong(value);
    }

    private static String dead(Map<String, String> given) {
        return json(given, same("id", "key", "all"));
    }

    /** The texts for the thread of one mail, as the mail has them; changed, they replace those of the route. */
    private List<Field> mailTexts(Map<String, String> given) {
        if (!given.containsKey("number")) {
            return List.of();
        }
        MailsResource.Mail mail = mails.look(given.get("number")).mail();
        String unchanged = "Unchanged: as the route makes it.";
        return List.of(
                new Field("subject", "Subject of the thread", unchanged, text(mail.subject()), false, List.of()),
                new Field("sender", "Sender of the thread", unchanged, text(mail.sender()), false, List.of()));
    }

    private String releasedMails(Map<String, String> given) {
        Map<String, String> changed = new LinkedHashMap<>(given);
        mailTexts(given)
                .forEach(field -> changed.computeIfPresent(
                        field.name(),
                        (name, value) -> value.strip().equals(field.value().strip()) ? "" : value));
        return json(changed, same("number", "reason", "mailbox", "all", "subject", "sender"));
    }

    private static String text(String value) {
        return value == null ? "" : value;
    }

    private static String selectedMails(Map<String, String> given) {
        return json(given, same("number", "reason", "mailbox", "all"));
    }

    private static Map<String, String> same(String... names) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String name : names) {
            map.put(name, name);
        }
        return map;
    }

    private String waiting(String spool) {
        return PageFormat.count(spools.one(spool).waiting(), "item waits", "items wait");
    }

    private String dead(String spool) {
        return PageFormat.count(spools.one(spool).dead(), "is dead", "are dead");
    }

    private List<Option> otherSpools(String spool) {
        return spools.all().spools().stream()
                .map(SpoolsResource.Spool::name)
                .filter(name -> !name.equals(spool))
                .map(name -> new Option(name, name))
                .toList();
    }

    private static String deadText(Map<String, String> given) {
        String spool = given.getOrDefault("spool", "");
        String where = spool.equals(ALL_SPOOLS) ? "of all spools" : "of spool " + spool;
        if (given.containsKey("id")) {
            return "dead item " + given.get("id") + " " + where;
        }
        return given.containsKey("key")
                ? "the dead items with key " + given.get("key") + " " + where
                : "all dead items " + where;
    }

    private static String mailText(Map<String, String> given) {
        if (given.containsKey("number")) {
            return "mail " + given.get("number");
        }
        return "all parked and failed mails"
                + (given.containsKey("reason") ? " with reason " + given.get("reason") : "")
                + (given.containsKey("mailbox") ? " of mailbox " + given.get("mailbox") : "");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
