package io.threadpost.mail.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

import io.threadpost.mail.mime.MimeMail;
import io.threadpost.retry.DurationFormat;

/** Judges mails by two questions: did a person write it to the hotel, and may a program answer it? */
public final class MailJudge {
    private final JudgeOptions options;

    public MailJudge(JudgeOptions options) {
        this.options = options;
    }

    /**
     * @return the mail with its author as the sender, if one of the hotel's own lists replaced the sender; otherwise
     *     the same
     */
    public MimeMail withAuthor(MimeMail mail) {
        return options.lists().withAuthor(mail);
    }

    /**
     * @param mail with its author as its sender
     * @param mailsBefore by the sender's address, how many mails that one has sent in {@link JudgeOptions#per} before
     *     this one
     */
    public Verdict verdict(MimeMail mail, ToLongFunction<String> mailsBefore) {
        Authentication authentication = new Authentication(mail, options.authserv());
        Optional<String> allowed = options.allow().entryFor(mail.from().subList(0, 1));
        List<MailFinding> findings = findings(mail, authentication, mailsBefore);
        List<String> reasons =
                new ArrayList<>(findings.stream().map(MailFinding::why).toList());
        allowed.ifPresent(entry -> reasons.add("its sender is allowed: " + entry));
        Optional<MailFinding> against = findings.stream()
                .filter(finding -> options.parks(finding, allowed.isPresent()))
                .findFirst();
        Authenticity authenticity = Authentication.authenticity(mail, options.authserv());
        return new Verdict(
                against.isEmpty(),
                findings.stream().allMatch(MailFinding::answerable),
                against.map(MailFinding::reason).orElse(""),
                against.map(MailFinding::why).orElse(""),
                reasons,
                authentication.text(),
                unanswerable(mail, findings, authenticity),
                authenticity);
    }

    private static String unanswerable(MimeMail mail, List<MailFinding> findings, Authenticity authenticity) {
        if (authenticity == Authenticity.DENIED) {
            return "the mail host reports that it is not from its sender";
        }
        return Stream.concat(
                        AutomaticMail.noReply(mail.from()).stream(),
                        findings.stream()
                                .filter(finding -> !finding.answerable())
                                // It keeps off automatic answers, and a person of the hotel writes a reply.
                                .filter(finding -> !finding.reason().equals(AutomaticMail.SUPPRESSED)))
                .map(MailFinding::why)
                .findFirst()
                .orElse("");
    }

    private List<MailFinding> findings(
            MimeMail mail, Authentication authentication, ToLongFunction<String> mailsBefore) {
        return Stream.of(
                        List.of(denied(mail), unreadable(mail), unauthenticated(authentication)),
                        MailSystemReports.of(mail),
                        AutomaticMail.of(mail, options.absence()),
                        options.lists().findings(mail),
                        List.of(empty(mail), tooMany(mail, mailsBefore)))
                .flatMap(List::stream)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<MailFinding> denied(MimeMail mail) {
        return options.deny()
                .entryFor(mail.from())
                .map(entry -> MailFinding.automatic("denied", "its sender is denied: " + entry));
    }

    private static Optional<MailFinding> unreadable(MimeMail mail) {
        return mail.unreadable().isEmpty()
                ? Optional.empty()
                : Optional.of(MailFinding.automatic("unreadable", "it was not read to its end: " + mail.unreadable()));
    }

    private Optional<MailFinding> unauthenticated(Authentication authentication) {
        if (!options.authenticated() || authentication.passed()) {
            return Optional.empty();
        }
        String results = authentication.text();
        return Optional.of(MailFinding.automatic(
                "unauthenticated",
                options.authserv() + " does not authenticate its sender: "
                        + (results.isEmpty() ? "it reports no results" : results)));
    }

    private static Optional<MailFinding> empty(MimeMail mail) {
        boolean empty = mail.subject().isEmpty()
                && mail.text().isBlank()
                && mail.attachments().isEmpty()
                && mail.from().get(0).plain().isEmpty();
        return empty
                ? Optional.of(MailFinding.automatic("empty", "it is empty: no sender, no subject, no text"))
                : Optional.empty();
    }

    /** Beyond the rate, mails come from a program or a loop. */
    private Optional<MailFinding> tooMany(MimeMail mail, ToLongFunction<String> mailsBefore) {
        String sender = mail.from().get(0).canonical();
        if (options.rate() == 0 || sender.isEmpty()) {
            return Optional.empty();
        }
        long before = mailsBefore.applyAsLong(sender);
        return before < options.rate()
                ? Optional.empty()
                : Optional.of(MailFinding.automatic(
                        "rate",
                        sender + " sent " + before + " mails in the " + DurationFormat.text(options.per())
                                + " before it; " + options.rate() + " may pass"));
    }
}
