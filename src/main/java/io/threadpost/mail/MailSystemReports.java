package io.threadpost.mail;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What mail systems say about mails: that one could not be delivered (RFC 3464), was read (RFC 8098), or is taken for
 * abuse (RFC 5965).
 */
final class MailSystemReports {
    private static final Pattern REPORT = Pattern.compile("(?i)report-type\\s*=\\s*\"?([^\\s\";]+)");
    private static final Set<String> SYSTEMS = Set.of("mailer-daemon", "postmaster", "mail-daemon", "mdaemon");

    private MailSystemReports() {}

    static List<Optional<MailFinding>> of(InboundMail mail) {
        return List.of(report(mail), returned(mail));
    }

    private static Optional<MailFinding> report(InboundMail mail) {
        String type = mail.header("content-type");
        if (!type.toLowerCase(Locale.ROOT).startsWith("multipart/report")) {
            return Optional.empty();
        }
        Matcher about = REPORT.matcher(type);
        String kind = about.find() ? about.group(1).toLowerCase(Locale.ROOT) : "";
        return Optional.of(
                switch (kind) {
                    case "delivery-status" -> MailFinding.automatic("bounce", "a report that a mail was not delivered");
                    case "disposition-notification" ->
                        MailFinding.automatic("receipt", "a receipt of a mail that was read");
                    case "feedback-report" ->
                        MailFinding.automatic("abuse-report", "a report that a mail was taken for abuse");
                    default ->
                        MailFinding.automatic(
                                "report",
                                "a report of a mail system: "
                                        + (kind.isEmpty() ? type.replaceAll("[; ].*", "") : kind));
                });
    }

    /** Nobody is to be told about it, or the mail system itself wrote it. */
    private static Optional<MailFinding> returned(InboundMail mail) {
        String path = mail.header("return-path");
        if (path.replace(" ", "").equals("<>")) {
            return Optional.of(MailFinding.automatic("bounce", "nobody is to be told when it fails: Return-Path: <>"));
        }
        if (mail.has("x-failed-recipients")) {
            return Optional.of(MailFinding.automatic(
                    "bounce",
                    "it says who was not reached: X-Failed-Recipients: " + mail.header("x-failed-recipients")));
        }
        Address from = mail.from().get(0);
        String sender = from.plain().isEmpty() ? from.name() : from.plain();
        String local = sender.replaceFirst("@.*", "").toLowerCase(Locale.ROOT);
        if (SYSTEMS.contains(local)) {
            return Optional.of(MailFinding.automatic("bounce", "it comes from a mail system: " + sender));
        }
        return BounceSubjects.PATTERN.matcher(mail.subject()).lookingAt()
                ? Optional.of(MailFinding.automatic(
                        "bounce", "its subject is that of a mail that came back: " + mail.subject()))
                : Optional.empty();
    }
}
