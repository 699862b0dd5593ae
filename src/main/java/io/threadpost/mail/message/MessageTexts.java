package io.threadpost.mail.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.threadpost.mail.mime.Attachment;
import io.threadpost.mail.mime.MimeMail;
import io.threadpost.settings.MailQuotes;
import io.threadpost.settings.MailSignatures;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** Makes the texts of a mail's messages, as the settings want them. */
@Singleton
public final class MessageTexts {
    private static final String EMPTY = "(no text)";
    private static final int MOST_ATTACHMENTS = 50;
    private static final Pattern REPLY_SUBJECT = Pattern.compile(
            "(?iu)^\\s*(?:re|aw|antw|antwort|sv|vs|ref|rif|ynt|odp|res|rv|vá|r|απ|回复|答复|回覆)(?:\\s*[\\[(]\\d+[\\])])?"
                    + "\\s*[:：].*");
    private static final Pattern PEOPLES_PROGRAMS = Pattern.compile(
            "(?i)\\b(?:outlook|thunderbird|betterbird|(?:apple|iphone|ipad|samsung|spark) ?mail|emclient|k-9|mutt|kmail"
                    + "|evolution|claws|seamonkey|roundcube|lotus notes|foxmail|the bat)\\b");
    private static final Pattern FORWARD_SUBJECT =
            Pattern.compile("(?iu)^\\s*(?:fwd?|fw|wg|tr|enc|i|doorst|vl|pd|vb|továbbítás|转发|轉寄|πρθ)\\s*[:：].*");
    /** Common types whose subtype says little to people. */
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("msword", "Word"),
            Map.entry("vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"),
            Map.entry("vnd.ms-excel", "Excel"),
            Map.entry("vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
            Map.entry("vnd.ms-powerpoint", "PowerPoint"),
            Map.entry("vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint"),
            Map.entry("rfc822", "mail"),
            Map.entry("plain", "text"),
            Map.entry("calendar", "calendar"),
            Map.entry("vcard", "contact"),
            Map.entry("x-vcard", "contact"),
            Map.entry("quicktime", "video"));

    private final MailQuotes quotes;
    private final MailSignatures signatures;
    private final int longest;

    public MessageTexts(Settings settings) {
        this.quotes = settings.get(SettingsCatalogue.MAIL_QUOTES);
        this.signatures = settings.get(SettingsCatalogue.MAIL_SIGNATURES);
        this.longest = settings.get(SettingsCatalogue.MAIL_TEXT_MAX);
    }

    /**
     * @param text of the mail, which its route may have changed
     * @param first a line that comes first; empty for none
     * @param number of the mail, for the one who looks for what was left out
     * @return at least one, none empty
     */
    public List<String> of(MimeMail mail, String text, String first, long number) {
        String words = words(mail, text);
        String attached = attachments(mail.attachments());
        List<String> blocks = new ArrayList<>(List.of(first.strip(), words, attached));
        blocks.removeIf(String::isEmpty);
        if (words.isEmpty() && attached.isEmpty()) {
            blocks.add(EMPTY);
        }
        String rest = "[… %d more characters: mail " + number + "]";
        return new TextSplitter(longest, rest).split(String.join("\n\n", blocks));
    }

    /**
     * @param text of the mail, which its route may have changed
     * @return its lines without those that repeat earlier mails, whatever the settings want
     */
    public static List<String> own(MimeMail mail, String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        QuotedHistory history = history(mail, lines);
        List<String> own = new ArrayList<>(lines.subList(0, history.from()));
        own.addAll(lines.subList(history.to(), lines.size()));
        return own.stream().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    /**
     * @param text of the mail, which its route may have changed
     * @return whether it quotes another mail, or names a mail program of people; few other programs do
     */
    public static boolean byPerson(MimeMail mail, String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        return !QuotedHistory.in(lines, isReply(mail)).isEmpty()
                || PEOPLES_PROGRAMS
                        .matcher(mail.header("user-agent") + " " + mail.header("x-mailer"))
                        .find();
    }

    private static QuotedHistory history(MimeMail mail, List<String> lines) {
        return isForwarded(mail)
                ? new QuotedHistory(lines.size(), lines.size())
                : QuotedHistory.in(lines, isReply(mail));
    }

    private String words(MimeMail mail, String text) {
        List<String> lines = Arrays.asList(text.split("\n", -1));
        QuotedHistory history =
                quotes == MailQuotes.KEEP ? new QuotedHistory(lines.size(), lines.size()) : history(mail, lines);
        if (history.isEmpty()) {
            return joined(signed(lines));
        }
        List<String> own = new ArrayList<>(signed(lines.subList(0, history.from())));
        long quoted = lines.subList(history.from(), history.to()).stream()
                .filter(line -> !line.isBlank())
                .count();
        if (quotes == MailQuotes.FOLD) {
            own.addAll(List.of("", "[… " + quoted + (quoted == 1 ? " quoted line]" : " quoted lines]"), ""));
        }
        own.addAll(signed(lines.subList(history.to(), lines.size())));
        return joined(own);
    }

    /** @return without the signature, unless there is nothing else */
    private List<String> signed(List<String> lines) {
        return signatures == MailSignatures.TRIM && OwnWords.exist(lines)
                ? lines.subList(0, OwnWords.signature(lines))
                : lines;
    }

    private static String joined(List<String> lines) {
        return lines.stream()
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n"))
                .replaceAll("\n{3,}+", "\n\n")
                .strip();
    }

    private static boolean isReply(MimeMail mail) {
        return mail.has("in-reply-to")
                || mail.has("references")
                || REPLY_SUBJECT.matcher(mail.subject()).matches();
    }

    private static boolean isForwarded(MimeMail mail) {
        return FORWARD_SUBJECT.matcher(mail.subject()).matches();
    }

    private static String attachments(List<Attachment> attachments) {
        List<String> lines = attachments.stream()
                .limit(MOST_ATTACHMENTS)
                .map(MessageTexts::attachment)
                .collect(Collectors.toCollection(ArrayList::new));
        if (attachments.size() > MOST_ATTACHMENTS) {
            lines.add("[… " + (attachments.size() - MOST_ATTACHMENTS) + " more attachments]");
        }
        return String.join("\n", lines);
    }

    private static String attachment(Attachment attachment) {
        String described = type(attachment.type()) + ", " + size(attachment.bytes());
        return "Attachment: " + (attachment.name().isEmpty() ? described : attachment.name() + " (" + described + ")");
    }

    private static String type(String type) {
        String subtype = type.substring(type.indexOf('/') + 1);
        String known = TYPES.get(subtype);
        if (known != null) {
            return known;
        }
        boolean shortWord = subtype.length() <= 5 && subtype.chars().allMatch(Character::isLetterOrDigit);
        return shortWord ? subtype.toUpperCase(Locale.ROOT) : type;
    }

    private static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        double kilobytes = bytes / 1000.0;
        return kilobytes < 1000
                ? Math.round(kilobytes) + " KB"
                : String.format(Locale.ROOT, "%.1f MB", kilobytes / 1000);
    }
}
