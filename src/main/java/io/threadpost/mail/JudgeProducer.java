package io.threadpost.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

import io.threadpost.ledger.Ledger;

/**
 * {@code to: mail:judge}. Two verdicts: whether a person wrote the mail to the hotel, and whether a program may answer
 * it. A mail that a person released is not judged, nor is one that has passed before: there may be a thread of it
 * already.
 */
final class JudgeProducer extends DefaultProducer {
    private static final RegisteredDomains DOMAINS = new RegisteredDomains();

    private final JudgeOptions options;
    private final MailReadings mailReadings;
    private final Ledger ledger;

    JudgeProducer(Endpoint endpoint, JudgeOptions options, MailReadings mailReadings, Ledger ledger) {
        super(endpoint);
        this.options = options;
        this.mailReadings = mailReadings;
        this.ledger = ledger;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        InboundMail read = ReadMail.of(exchange, "mail:judge");
        Map<String, Object> body = exchange.getMessage().getBody(Map.class);
        InboundMail mail = options.lists().written(read);
        if (mail != read) {
            mailReadings.keep(mail);
            exchange.setProperty(ReadMail.MAIL, mail);
            body.putAll(mail.senderAsMap());
        }
        long number = mail.record().number();
        Verdict verdict;
        if (mail.record().releases() > 0) {
            verdict = Verdict.passing("a person released it");
        } else if (mailReadings.passed(number)) {
            verdict = Verdict.passing("it was judged before, and passed");
        } else {
            verdict = verdict(mail);
            mailReadings.judged(number, verdict);
        }
        body.putAll(verdict.asMap());
    }

    /** @param mail with its writer as its sender */
    Verdict verdict(InboundMail mail) {
        Authentication authentication = new Authentication(mail, options.authserv(), DOMAINS);
        Optional<String> allowed = options.allow().entryFor(mail.from().subList(0, 1));
        List<MailFinding> findings = findings(mail, authentication);
        List<String> reasons =
                new ArrayList<>(findings.stream().map(MailFinding::why).toList());
        allowed.ifPresent(entry -> reasons.add("its sender is allowed: " + entry));
        Optional<MailFinding> against = findings.stream()
                .filter(mailFinding -> options.parks(mailFinding, allowed.isPresent()))
                .findFirst();
        return new Verdict(
                against.isEmpty(),
                findings.stream().allMatch(MailFinding::answerable),
                against.map(MailFinding::reason).orElse(""),
                against.map(MailFinding::why).orElse(""),
                reasons,
                authentication.text());
    }

    private List<MailFinding> findings(InboundMail mail, Authentication authentication) {
        return Stream.of(
                        List.of(denied(mail), unreadable(mail), unauthenticated(authentication)),
                        MailSystemReports.of(mail),
                        AutomaticMail.of(mail, options.absence()),
                        BulkMail.of(mail, options.lists()),
                        List.of(empty(mail), options.rate().of(mail, ledger)))
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<MailFinding> denied(InboundMail mail) {
        return options.deny()
                .entryFor(mail.from())
                .map(entry -> MailFinding.automatic("denied", "its sender is denied: " + entry));
    }

    private static Optional<MailFinding> unreadable(InboundMail mail) {
        return mail.unreadable().isEmpty()
                ? Optional.empty()
                : Optional.of(MailFinding.automatic("unreadable", "it was not read to its end: " + mail.unreadable()));
    }

    private Optional<MailFinding> unauthenticated(Authentication authentication) {
        if (!options.authenticated() || authentication.passed()) {
            return Optional.empty();
        }
        String said = authentication.text();
        return Optional.of(MailFinding.automatic(
                "unauthenticated",
                options.authserv() + " does not vouch for its sender: " + (said.isEmpty() ? "it says nothing" : said)));
    }

    private static Optional<MailFinding> empty(InboundMail mail) {
        boolean empty = mail.subject().isEmpty()
                && mail.text().isBlank()
                && mail.attachments().isEmpty()
                && mail.from().get(0).plain().isEmpty();
        return empty
                ? Optional.of(MailFinding.automatic("empty", "there is nothing in it: no sender, no subject, no text"))
                : Optional.empty();
    }
}
