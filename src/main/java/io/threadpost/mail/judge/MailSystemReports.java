package io.threadpost.mail.judge;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.threadpost.mail.mime.Address;
import io.threadpost.mail.mime.MimeMail;

/**
 * Detects reports of mail systems: bounces (RFC 3464), read receipts (RFC 8098), abuse reports (RFC 5965), and mail
 * that came back.
 */
final class MailSystemReports {
    private static final Pattern REPORT = Pattern.compile("(?i)report-type\\s*=\\s*\"?([^\\s\";]+)");
    private static final Set<String> SYSTEMS = Set.of("mailer-daemon", "postmaster", "mail-daemon", "mdaemon");

    /** Subjects of bounces begin so. Many systems write them from any address, and as plain text. */
    private static final String SUBJECTS =
            """
            undeliverable; undeliverable mail; undeliverable message; undelivered mail;
            undelivered mail returned to sender; undelivered message; undelivered message returned to sender;
            returned mail; returned email; returned e-mail; failure notice; delivery failure;
            delivery failure notice; delivery failure notification; delivery status notification;
            delivery notification; permanent delivery failure; mail delivery error; mail delivery failed;
            mail delivery failure; mail delivery problem; mail delivery warning; mail could not be delivered;
            message could not be delivered; message delivery failed; message delivery failure;
            email delivery failure; mail system error; delivery report; your message could not be delivered;
            sorry, your message could not be delivered; non-delivery; non delivery; non-delivery notification;
            non-delivery report; warning: could not send message; warning: message delayed; unzustellbar;
            unzustellbare nachricht; non remis; non distribuable; no se puede entregar; no entregado;
            não é possível entregar; não entregue; non recapitabile; onbestelbaar; niedostarczalne;
            nedoručitelné; kézbesíthetetlen; det går inte att leverera; kan ikke leveres;
            недоставленное сообщение; 无法投递; 系统退信; 配信不能
            """;

    /** A subject, followed by the end or a separator. A reply to such a mail, or a forwarded one, is a person's. */
    private static final Pattern RETURNED = Pattern.compile(
            "\\s*(?:\\[[^\\]]{1,30}\\]\\s*)?(?:"
                    + Stream.of(SUBJECTS.strip().split(";\\s+"))
                            .map(Pattern::quote)
                            .collect(Collectors.joining("|"))
                    + ")\\s*(?:$|[:：;,!.|\\-–—(\\[])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private MailSystemReports() {}

    static List<Optional<MailFinding>> of(MimeMail mail) {
        return List.of(report(mail), returned(mail));
    }

    private static Optional<MailFinding> report(MimeMail mail) {
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
                    case "feedback-report" -> MailFinding.automatic("abuse-report", "a report of abuse");
                    default ->
                        MailFinding.automatic(
                                "report",
                                "a report of a mail system: "
                                        + (kind.isEmpty() ? type.replaceAll("[; ].*", "") : kind));
                });
    }

    /** It has no return path, or a mail system wrote it. */
    private static Optional<MailFinding> returned(MimeMail mail) {
        String path = mail.header("return-path");
        if (path.replace(" ", "").equals("<>")) {
            return Optional.of(MailFinding.automatic("bounce", "it wants no bounces: Return-Path: <>"));
        }
        if (mail.has("x-failed-recipients")) {
            return Optional.of(MailFinding.automatic(
                    "bounce",
                    "it names recipients that were not reached: X-Failed-Recipients: "
                            + mail.header("x-failed-recipients")));
        }
        Address from = mail.from().get(0);
        String sender = from.plain().isEmpty() ? from.name() : from.plain();
        String local = sender.replaceFirst("@.*", "").toLowerCase(Locale.ROOT);
        if (SYSTEMS.contains(local)) {
            return Optional.of(MailFinding.automatic("bounce", "it comes from a mail system: " + sender));
        }
        return RETURNED.matcher(mail.subject()).lookingAt()
                ? Optional.of(MailFinding.automatic("bounce", "its subject is that of a bounce: " + mail.subject()))
                : Optional.empty();
    }
}
