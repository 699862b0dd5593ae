package io.threadpost.page;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.mail.MailRecord;
import io.threadpost.mailbox.MailboxStatus;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.settings.TargetSystem;
import io.threadpost.spool.SpoolHistory;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.StoredItems.RecentItem;
import io.threadpost.spool.Targets;

/** Rows of tables: the state of a thing in words, and its tone: ok, waits, warn, bad or off. */
final class StatusRows {
    private StatusRows() {}

    /**
     * A spool.
     *
     * @param idle whether there is nothing to see in it
     * @param off the target that is off and was on, which can be forgotten; empty otherwise
     */
    @RegisterForReflection
    record SpoolRow(
            String name,
            String link,
            String tone,
            String state,
            String waiting,
            String age,
            String dead,
            boolean down,
            boolean held,
            boolean idle,
            String off,
            Sparkline chart) {
        static SpoolRow of(SpoolStatus.Spool spool, List<SpoolHistory.Sample> samples, Instant now) {
            boolean waits = spool.items() > 0;
            boolean left = spool.standing() == Targets.Standing.LEFT;
            String tone = "ok";
            String state = waits ? "delivering" : "empty";
            if (spool.hold() != null) {
                tone = waits ? "bad" : "warn";
                state = "held: " + spool.hold().reason();
            } else if (spool.pause() != null) {
                tone = "bad";
                state = "paused, next try "
                        + in(Instant.ofEpochMilli(spool.pause().until()), now) + ": "
                        + PageFormat.readable(spool.pause().reason());
            } else if (left) {
                tone = waits ? "bad" : "ok";
                state = "its target is off";
            } else if (spool.drains() == 0) {
                tone = waits ? "bad" : "ok";
                state = waits ? "no route reads it" : "no route reads it; empty";
            } else if (spool.times() != null && spool.times().openMillis() == 0) {
                state = "opens " + in(Instant.ofEpochMilli(spool.times().next()), now);
            }
            if (tone.equals("ok") && spool.dead() > 0) {
                tone = "warn";
            }
            return new SpoolRow(
                    spool.name(),
                    PageFormat.path("spools", spool.name()),
                    tone,
                    state,
                    PageFormat.number(spool.items()),
                    waits ? PageFormat.duration(Duration.ofMillis(spool.oldestMillis())) : "",
                    PageFormat.number(spool.dead()),
                    spool.pause() != null,
                    spool.hold() != null,
                    !waits && tone.equals("ok"),
                    left ? TargetSystem.of(spool.name()).map(TargetSystem::id).orElse("") : "",
                    Sparkline.of(samples, now.toEpochMilli()));
        }

        private static String in(Instant time, Instant now) {
            return time.isAfter(now) ? "in " + PageFormat.duration(Duration.between(now, time)) : "now";
        }
    }

    /** A mailbox. */
    @RegisterForReflection
    record MailboxRow(
            String name,
            String parameter,
            String source,
            String tone,
            String state,
            String polled,
            String waiting,
            String parked,
            String failed,
            boolean down,
            boolean held) {
        static MailboxRow of(MailboxStatus.Mailbox mailbox, Map<MailRecord.State, Long> counts, Instant now) {
            String tone = "ok";
            String state = "works";
            if (mailbox.downSince() != null) {
                tone = "bad";
                state = "down for " + PageFormat.duration(Duration.between(mailbox.downSince(), now)) + ": "
                        + mailbox.reason();
            } else if (mailbox.heldSince() != null) {
                tone = "bad";
                state = "held for a person: " + mailbox.heldFor();
            } else if (mailbox.reason() != null || mailbox.unfetched() > 0) {
                tone = "warn";
                state = mailbox.reason() != null
                        ? mailbox.reason()
                        : PageFormat.count(mailbox.unfetched(), "mail cannot be fetched: ", "mails cannot be fetched: ")
                                + mailbox.unfetchedReason();
            }
            return new MailboxRow(
                    mailbox.name(),
                    PageFormat.parameter(mailbox.name()),
                    mailbox.source(),
                    tone,
                    state,
                    PageFormat.ago(mailbox.looked(), now),
                    PageFormat.number(counts.getOrDefault(MailRecord.State.WAITING, 0L)),
                    PageFormat.number(counts.getOrDefault(MailRecord.State.PARKED, 0L)),
                    PageFormat.number(counts.getOrDefault(MailRecord.State.FAILED, 0L)),
                    mailbox.downSince() != null,
                    mailbox.heldSince() != null);
        }
    }

    /** A route file. */
    @RegisterForReflection
    record FileRow(String name, String link, String tone, String state, String routes, String since) {
        static FileRow of(RouteFileStatus file, Instant now) {
            String state = file.broken()
                    ? file.firstError() + " (" + PageFormat.readable(file.instead()) + ")"
                    : file.findings().isEmpty()
                            ? "runs"
                            : "runs; " + PageFormat.count(file.findings().size(), "warning", "warnings");
            return new FileRow(
                    file.name(),
                    PageFormat.path("routes", file.name()),
                    !file.runs() ? "bad" : file.broken() ? "warn" : "ok",
                    state,
                    String.join(", ", file.routes()),
                    file.since() == null ? "never" : PageFormat.ago(file.since(), now));
        }
    }

    /** A mail. */
    @RegisterForReflection
    record MailRow(
            String number,
            String link,
            String tone,
            String state,
            String subject,
            String sender,
            String received,
            String why) {
        static MailRow of(MailRecord mail, Instant now) {
            return new MailRow(
                    String.valueOf(mail.number()),
                    PageFormat.path("mails", mail.number()),
                    switch (mail.state()) {
                        case THREAD -> "ok";
                        case WAITING -> "waits";
                        case PARKED -> "warn";
                        case FAILED -> "bad";
                        case DISCARDED -> "off";
                    },
                    mail.state().word(),
                    PageFormat.text(mail.subject(), mail.purged() ? "(removed for its age)" : "(no subject)"),
                    PageFormat.text(mail.sender(), ""),
                    PageFormat.ago(mail.received(), now),
                    PageFormat.text(mail.why(), ""));
        }
    }

    /** A thread, with what became of it in each spool. */
    @RegisterForReflection
    record RecentThread(
            String link, String subject, String sender, String connection, String stored, List<Delivery> deliveries) {
        static RecentThread of(List<RecentItem> items, Instant now) {
            RecentItem first = items.get(0);
            Map<?, ?> body = (Map<?, ?>) first.item().body();
            return new RecentThread(
                    PageFormat.path("threads", first.item().key()),
                    PageFormat.text(body.get("Subject"), "(no subject)"),
                    PageFormat.text(body.get("OriginalSender"), ""),
                    first.item().connection() == null ? "" : first.item().connection(),
                    PageFormat.ago(first.stored(), now),
                    items.stream().map(Delivery::of).distinct().toList());
        }
    }

    /** The state of a thread in a spool. */
    @RegisterForReflection
    record Delivery(String spool, String tone, String state) {
        static Delivery of(RecentItem item) {
            return switch (item.state()) {
                case "finished" -> new Delivery(item.spool(), "ok", "delivered");
                case "dead" -> new Delivery(item.spool(), "bad", "dead");
                case "discarded" -> new Delivery(item.spool(), "warn", "discarded");
                default -> new Delivery(item.spool(), item.error() == null ? "waits" : "warn", "waits");
            };
        }
    }
}
