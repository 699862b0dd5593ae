package io.threadpost.page;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import jakarta.inject.Singleton;

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
        ActionForm form = new ActionForm(action, given);
        String spool = given.get("spool");
        return switch (action) {
            case SPOOL_TRY ->
                form.confirmation(
                        "Try spool " + spools.one(spool).name() + " now",
                        "Everything in spool " + spool
                                + " that waits for its next attempt is tried at once, the target too.",
                        "If it fails again, it waits again; nothing is lost.");
            case SPOOL_HOLD ->
                form.confirmation(
                        "Hold spool " + spools.one(spool).name(),
                        "Nothing leaves spool " + spool + " on any node, also after a restart; items in flight are"
                                + " completed, and new ones keep arriving.",
                        "Release undoes it.",
                        List.of(Field.optional("why", "Why", "Shown to everybody who looks here.", "")));
            case SPOOL_RELEASE ->
                form.confirmation(
                        "Release spool " + spools.one(spool).name(),
                        "Spool " + spool + " delivers again, " + waiting(spool) + ".",
                        "Hold undoes it, but what was delivered stays delivered.");
            case SPOOL_MOVE ->
                form.confirmation(
                        "Move all items of spool " + spools.one(spool).name(),
                        "All items of spool " + spool + " go to another spool, dead ones included: " + waiting(spool)
                                + ", " + dead(spool) + ". Items in flight stay.",
                        "Moving them back undoes it, as long as they wait there.",
                        List.of(Field.choice("to", "To spool", "", otherSpools(spool))));
            case SPOOL_DISCARD ->
                form.confirmation(
                        "Discard all items of spool " + spools.one(spool).name(),
                        "All items of spool " + spool + " are discarded and never delivered: " + waiting(spool) + ", "
                                + dead(spool) + ". Items in flight stay.",
                        "This cannot be undone.");
            case DEAD_REPLAY ->
                form.confirmation(
                        "Replay " + deadText(form),
                        PageFormat.capital(deadText(form)) + " wait" + (form.has("id") ? "s" : "")
                                + " in the spool again, due at once and with all attempts.",
                        "What fails again is dead again, with the new reason.");
            case DEAD_DISCARD ->
                form.confirmation(
                        "Discard " + deadText(form),
                        PageFormat.capital(deadText(form)) + (form.has("id") ? " is" : " are")
                                + " discarded and never delivered.",
                        "This cannot be undone.");
            case TARGET_FORGET ->
                form.confirmation(
                        "Forget target " + given.get("target"),
                        "What is sent to the spools of target " + given.get("target") + " is dropped from now on;"
                                + " items that are in them stay until they are moved or discarded.",
                        "Setting the target's address again starts it anew; what was dropped meanwhile is lost for"
                                + " it.");
            case MAILBOX_TRY ->
                form.confirmation(
                        "Try mailbox " + mailboxes.one(given.get("mailbox")).name() + " now",
                        "Mailbox " + given.get("mailbox") + " is polled at once, and mails that could not be fetched"
                                + " are fetched again.",
                        "If it fails again, it waits again; nothing is lost.");
            case MAILBOX_RELEASE -> mailboxRelease(form);
            case MAIL_RELEASE ->
                form.confirmation(
                        "Release " + mailText(form),
                        PageFormat.capital(mailText(form)) + " become"
                                + (form.has("number") ? "s a thread" : " threads")
                                + " without being judged again; what the platform refused is retried.",
                        "A thread on the platform cannot be taken back.",
                        mailTexts(form));
            case MAIL_DISCARD ->
                form.confirmation(
                        "Discard " + mailText(form),
                        PageFormat.capital(mailText(form))
                                + (form.has("number") ? " becomes no thread" : " become no threads")
                                + "; in the mailbox nothing is deleted.",
                        "Release undoes it, one by one, for as long as the mail is kept.");
            case REPLIES_STOP ->
                form.confirmation(
                        "Stop replies in thread " + given.get("thread"),
                        "What the hotel writes in thread " + given.get("thread")
                                + " is no longer sent to the guest, but withheld.",
                        "Resume undoes it.");
            case REPLIES_RESUME ->
                form.confirmation(
                        "Resume replies in thread " + given.get("thread"),
                        "What the hotel writes in thread " + given.get("thread") + " is sent to the guest again.",
                        "Stop undoes it, but a mail that was sent stays sent.",
                        List.of(Field.choice(
                                "withheld",
                                "Replies withheld meanwhile",
                                "",
                                List.of(new Option("false", "stay withheld"), new Option("true", "are sent now")))));
            case ALERTS_TEST ->
                form.confirmation(
                        "Send a test alert",
                        "Everybody who gets alerts gets one that says that it is a test; this waits until each channel"
                                + " has taken it.",
                        "A mail cannot be taken back.");
            case ROUTE_TRACE, ROUTE_FILE_RESTORE -> routes.confirmation(form);
            default -> pulls.confirmation(form);
        };
    }

    private Confirmation mailboxRelease(ActionForm form) {
        MailboxesResource.Mailbox mailbox = mailboxes.one(form.given().get("mailbox"));
        return form.confirmation(
                "Release mailbox " + mailbox.name(),
                "Mailbox " + mailbox.name() + " goes on. It waits for a decision: "
                        + (mailbox.held() == null
                                ? "It is not held."
                                : mailbox.held().reason()),
                "What has become a thread cannot be taken back.",
                List.of(Field.choice(
                        "unknown",
                        "The mails that are not known",
                        "",
                        List.of(
                                new Option("leave", "stay out: they were handled before"),
                                new Option("take", "become threads: they are new")))));
    }

    /** @throws ApiRefusal as the API refuses it */
    Outcome run(OperatorAction action, Map<String, String> given) {
        ActionForm form = new ActionForm(action, given);
        String spool = given.get("spool");
        return switch (action) {
            case SPOOL_TRY -> done(form, spools.tryNow(spool, "{}"));
            case SPOOL_HOLD -> done(form, spools.hold(spool, form.body("why")));
            case SPOOL_RELEASE -> done(form, spools.release(spool, "{}"));
            case SPOOL_MOVE -> {
                SpoolsResource.Moved moved = spools.move(spool, form.body("to"));
                yield form.outcome(moved.moved(), moved.left());
            }
            case SPOOL_DISCARD -> {
                SpoolsResource.Discarded discarded = spools.discard(spool, "{\"all\":true}");
                yield form.outcome(discarded.discarded(), discarded.left());
            }
            case DEAD_REPLAY ->
                form.outcome(
                        deadItems.replay(spool, form.body("id", "key", "all")).replayed());
            case DEAD_DISCARD ->
                form.outcome(
                        deadItems.discard(spool, form.body("id", "key", "all")).discarded());
            case TARGET_FORGET ->
                form.outcome(targets.forget(given.get("target"), "{}").forgotten() ? 1 : 0);
            case MAILBOX_TRY -> done(form, mailboxes.tryNow(given.get("mailbox"), "{}"));
            case MAILBOX_RELEASE -> done(form, mailboxes.release(given.get("mailbox"), form.body("unknown")));
            case MAIL_RELEASE -> form.outcome(mails.release(releasedMails(form)).released());
            case MAIL_DISCARD ->
                form.outcome(mails.discard(form.body("number", "reason", "mailbox", "all"))
                        .discarded());
            case REPLIES_STOP -> done(form, replies.stop(form.body("thread")));
            case REPLIES_RESUME ->
                form.outcome(replies.resume(form.body("thread", "withheld")).released());
            case ALERTS_TEST -> {
                AlertsResource.Tested tested = alerts.test("{}");
                yield form.outcome(tested.sent().size(), tested.failed().size());
            }
            case ROUTE_TRACE, ROUTE_FILE_RESTORE -> routes.run(form);
            default -> pulls.run(form);
        };
    }

    private static Outcome done(ActionForm form, Object view) {
        return form.outcome(view == null ? 0 : 1);
    }

    /** The texts for the thread of one mail, as the mail has them; changed, they replace those of the route. */
    private List<Field> mailTexts(ActionForm form) {
        if (!form.has("number")) {
            return List.of();
        }
        MailsResource.Mail mail = mails.look(form.get("number")).mail();
        String unchanged = "Unchanged: as the route makes it.";
        return List.of(
                Field.optional("subject", "Subject of the thread", unchanged, PageFormat.text(mail.subject(), "")),
                Field.optional("sender", "Sender of the thread", unchanged, PageFormat.text(mail.sender(), "")));
    }

    private String releasedMails(ActionForm form) {
        Map<String, String> changed = new HashMap<>(form.given());
        mailTexts(form)
                .forEach(field -> changed.computeIfPresent(
                        field.name(),
                        (name, value) -> value.strip().equals(field.value().strip()) ? "" : value));
        return new ActionForm(form.action(), changed).body("number", "reason", "mailbox", "all", "subject", "sender");
    }

    private String waiting(String spool) {
        return PageFormat.count(spools.one(spool).waiting(), "item waits", "items wait");
    }

    private String dead(String spool) {
        return PageFormat.count(spools.one(spool).dead(), "is dead", "are dead");
    }

    private List<Option> otherSpools(String spool) {
        return Option.of(spools.all().spools().stream()
                .map(SpoolsResource.Spool::name)
                .filter(name -> !name.equals(spool))
                .toList());
    }

    private static String deadText(ActionForm form) {
        String spool = form.get("spool");
        String where = spool.equals(OperatorAction.ALL_SPOOLS) ? "of all spools" : "of spool " + spool;
        if (form.has("id")) {
            return "dead item " + form.get("id") + " " + where;
        }
        return (form.has("key") ? "the dead items with key " + form.get("key") + " " : "all dead items ") + where;
    }

    private static String mailText(ActionForm form) {
        if (form.has("number")) {
            return "mail " + form.get("number");
        }
        return "all parked and failed mails"
                + (form.has("reason") ? " with reason " + form.get("reason") : "")
                + (form.has("mailbox") ? " of mailbox " + form.get("mailbox") : "");
    }
}
