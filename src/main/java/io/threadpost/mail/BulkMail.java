package io.threadpost.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Mail that goes to many. Portals for bookings mark theirs so, too; what a route makes of that is its own rule. */
final class BulkMail {
    private static final List<String> LISTS =
            List.of("list-id", "list-post", "mailing-list", "x-mailing-list", "x-mailman-version", "x-list");
    private static final List<String> BULK =
            List.of("list-unsubscribe", "list-help", "list-subscribe", "feedback-id", "x-campaign", "x-campaignid");
    /** No list of people adds these. */
    private static final List<String> CAMPAIGN = List.of("feedback-id", "x-campaign", "x-campaignid");

    private static final Set<String> PRECEDENCES = Set.of("bulk", "junk");

    private BulkMail() {}

    static List<Optional<MailFinding>> of(InboundMail mail, OwnLists own) {
        if (own.ours(mail)) {
            return List.of(
                    first(mail, CAMPAIGN).map(named -> MailFinding.automatic("bulk", "it went to many: " + named)));
        }
        return List.of(list(mail), bulk(mail));
    }

    private static Optional<MailFinding> list(InboundMail mail) {
        if (HeaderComments.removed(mail.header("precedence")).equalsIgnoreCase("list")) {
            return Optional.of(MailFinding.automatic("list", "it went to a list: Precedence: list"));
        }
        return first(mail, LISTS).map(named -> MailFinding.automatic("list", "it went to a list: " + named));
    }

    private static Optional<MailFinding> bulk(InboundMail mail) {
        String precedence = HeaderComments.removed(mail.header("precedence"));
        if (PRECEDENCES.contains(precedence.toLowerCase(Locale.ROOT))) {
            return Optional.of(MailFinding.automatic("bulk", "it went to many: Precedence: " + precedence));
        }
        return first(mail, BULK).map(named -> MailFinding.automatic("bulk", "it went to many: " + named));
    }

    private static Optional<String> first(InboundMail mail, List<String> names) {
        return names.stream().filter(mail::has).findFirst().map(name -> name + ": " + mail.header(name));
    }
}
