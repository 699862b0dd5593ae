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
 * {@code to: mail:judge}. Two verdicts: whether a person wrote the mail to the hotel, and whether a program may answer it. A mail that a person
 * released is not judged, nor is one that has passed before: there may be a thread of it already.
 */
final class Judge extends DefaultProducer {
    private static final Domains DOMAINS = new Domains();

    private final JudgeOptions options;
    private final Readings readings;
    private final Ledger ledger;

    Judge(Endpoint endpoint, JudgeOptions options, Readings readings, Ledger ledger) {
        super(endpoint);
        this.options = options;
        this.readings = readings;
        this.ledger = ledger;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        InboundMail read = ReadMail.of(exchange, "mail:judge");
        Map<String, Object> body = exchange.getMessage().getBody(Map.class);
        InboundMail mail = options.lists().written(read);
        if (mail != read) {
            readings.keep(mail);
            exchange.setProperty(ReadMail.MAIL, mail);
            body.putAll(mail.senderAsMap());
        }
        long number = mail.record().number();
        Verdict verdict;
        if (mail.record().releases() > 0) {
            verdict = Verdict.passing("a person released it");
        } else if (readings.passed(number)) {
            verdict = Verdict.passing("it was judged before, and passed");
        } else {
            verdict = verdict(mail);
            readings.judged(number, verdict);
        }
        body.putAll(verdict.asMap());
    }

    /** @param mail with its writer as its sender */
    Verdict verdict(InboundMail mail) {
        Authentication authentication = new Authentication(mail, options.authserv(), DOMAINS);
        Optional<String> allowed = options.allow().entryFor(mail.from().subList(0, 1));
        List<Finding> findings = findings(mail, authentication);
        List<String> reasons =
                new ArrayList<>(findings.stream().map(Finding::why).toList());
        allowed.ifPresent(entry -> reasons.add("its sender is allowed: " + entry));
        Optional<Finding> against = findings.stream()
                .filter(finding -> options.parks(finding, allowed.isPresent()))
                .findFirst();
        return new Verdict(
                against.isEmpty(),
                findings.stream().allMatch(Finding::answerable),
                against.map(Finding::reason).orElse(""),
                against.map(Finding::why).orElse(""),
                reasons,
                authentication.text());
    }

    private List<Finding> findings(InboundMail mail, Authentication authentication) {
        return Stream.of(
                        List.of(denied(mail), unreadable(mail), unauthenticated(authentication)),
                        Reports.of(mail),
                        AutomaticMail.of(mail, options.absence()),
                        BulkMail.of(mail, options.lists()),
                        List.of(empty(mail), options.rate().of(mail, ledger)))
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Finding> denied(InboundMail mail) {
        return options.deny()
                .entryFor(mail.from())
                .map(entry -> Finding.automatic("denied", "its sender is denied: " + entry));
    }

    private static Optional<Finding> unreadable(InboundMail mail) {
        return mail.unreadable().isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.automatic("unreadable", "it was not read to its end: " + mail.unreadable()));
    }

    private Optional<Finding> unauthenticated(Authentication authentication) {
        if (!options.authenticated() || authentication.passed()) {
            return Optional.empty();
        }
        String said = authentication.text();
        return Optional.of(Finding.automatic(
                "unauthenticated",
                options.authserv() + " does not vouch for its sender: " + (said.isEmpty() ? "it says nothing" : said)));
    }

    private static Optional<Finding> empty(InboundMail mail) {
        boolean empty = mail.subject().isEmpty()
                && mail.text().isBlank()
                && mail.attachments().isEmpty()
                && mail.from().get(0).plain().isEmpty();
        return empty
                ? Optional.of(Finding.automatic("empty", "there is nothing in it: no sender, no subject, no text"))
                : Optional.empty();
    }
}
