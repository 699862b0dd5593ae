package io.threadpost.reply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.mail.internet.InternetAddress;

import io.threadpost.digest.MailTexts;
import io.threadpost.digest.Templates;
import io.threadpost.smtp.OutgoingMail;
import io.threadpost.text.PlainText;

/**
 * The mail of a reply. It is the same whenever it is rendered, as long as templates and options are, since a crash may
 * repeat it.
 *
 * @param text what the hotel wrote, lines separated by line feeds
 * @param created when it did
 * @param guest the plain address that it is sent to
 * @param guestName as its mails show it; null without one
 * @param subject of the guest's last mail, or the first one
 * @param answers the Message-ID of the guest's last mail; null without one
 * @param references Message-IDs of the conversation, the oldest first
 * @param language of the guest; empty when it is not known
 */
record ReplyMail(
        String text,
        Instant created,
        String guest,
        String guestName,
        String subject,
        String answers,
        List<String> references,
        String language) {
    private static final int LONGEST_SUBJECT = 250;
    private static final int LONGEST_TEXT = 500_000;
    /** Prefixes of answers as mail programs write them: a second one would begin another thread in some. */
    private static final Pattern ANSWER = Pattern.compile(
            "^((re|aw|sv|vs|antw|odp|ynt|rif|res|bls)(\\[\\d+])?\\s*:\\s*)+",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    /** What a header line may hold as it is. */
    private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?-~]{1,250}>");

    /** A key of headers and boundary that nobody can guess, and that stays the same. */
    static String messageId(byte[] signature, String domain) {
        return "<" + HexFormat.of().formatHex(signature, 0, 16) + "@" + domain + ">";
    }

    /**
     * @param id its Message-ID, which everybody sees who gets an answer to it
     * @param reportKey known to its recipient's mail systems alone
     * @throws IllegalArgumentException when an option cannot be used, in one line for people
     * @throws io.threadpost.digest.BrokenTemplateException when it cannot be rendered
     */
    OutgoingMail compose(
            ReplyOptions options, Templates templates, String id, String reportKey, InternetAddress answerTo) {
        InternetAddress recipient = ReplyOptions.recipient(guest, shownName());
        Map<String, Object> data = data(options);
        OutgoingMail.Composer mail = new OutgoingMail.Composer(id, created, options.sender(), List.of(recipient))
                .address("Reply-To", answerTo)
                .subject(answerSubject());
        if (isUsable(answers)) {
            mail.header("In-Reply-To", answers);
        }
        List<String> chain = new ArrayList<>(references.stream()
                .filter(ReplyMail::isUsable)
                .filter(reference -> !reference.equals(id) && !reference.equals(answers))
                .toList());
        if (isUsable(answers)) {
            // Mail programs take the last one for the mail that is answered.
            chain.add(answers);
        }
        if (!chain.isEmpty()) {
            mail.header("References", String.join("\r\n ", chain));
        }
        // A person wrote it, so it is no automatic mail; an absence note would still be noise.
        return mail.header("X-Auto-Response-Suppress", "OOF, AutoReply")
                .header("Content-Language", options.texts(language).locale().toLanguageTag())
                .header("X-Threadpost", "reply " + reportKey)
                .alternatives(
                        templates.render(options.templateName() + ".txt", data),
                        templates.render(options.templateName() + ".html", data),
                        "=_" + id.replaceAll("[<>]|@.*", ""));
    }

    Map<String, Object> data(ReplyOptions options) {
        MailTexts texts = options.texts(language);
        String plain = PlainText.lines(text, LONGEST_TEXT).strip();
        Map<String, Object> data = new HashMap<>();
        data.put("subject", answerSubject());
        data.put("text", plain);
        data.put("paragraphs", paragraphs(plain));
        data.put("hotel", options.hotel());
        data.put("guest", shownName());
        data.put("signature", options.signatureLines());
        data.put("language", texts.locale().toLanguageTag());
        data.put("words", texts.words());
        return data;
    }

    private static List<List<String>> paragraphs(String text) {
        List<List<String>> paragraphs = new ArrayList<>();
        for (String paragraph : text.split("\n[ \t]*\n")) {
            List<String> lines = paragraph.lines().toList();
            if (!lines.isEmpty()) {
                paragraphs.add(lines);
            }
        }
        return paragraphs;
    }

    private String answerSubject() {
        String plain = PlainText.line(subject, LONGEST_SUBJECT);
        return "Re: " + ANSWER.matcher(plain).replaceFirst("").strip();
    }

    private String shownName() {
        return PlainText.line(guestName == null ? "" : guestName, LONGEST_SUBJECT);
    }

    private static boolean isUsable(String messageId) {
        return messageId != null && MESSAGE_ID.matcher(messageId).matches();
    }
}
