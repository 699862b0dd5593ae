package io.threadpost.example;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jsoup.parser.Tag;

/**
 * A raw mail whose texts are replaced: its headers, parts, charsets and encodings stay. Content that is no text is
 * replaced by a few bytes, and signatures of hosts are left out.
 */
final class InventedMail {
    private static final Charset BYTES = MailEncoding.BYTES;
    private static final String EOL = "\r\n";
    private static final int DEEPEST = 20;
    private static final Pattern BLANK_LINE = Pattern.compile("\r?\n\r?\n");
    private static final Pattern HEADER = Pattern.compile("(?m)^([!-9;-~]+)[ \t]*:((?:.*)(?:\r?\n[ \t].*)*)");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i);\\s*(file)?name\\*?\\d*\\*?\\s*=\\s*(\"[^\"]*\"|[^;\\s]+)");
    /** What else is behind a dot may be a part of a name. */
    private static final Pattern EXTENSION =
            Pattern.compile("(?i)\\.(?:pdf|jpe?g|png|gif|bmp|tiff?|heic|webp|docx?|xlsx?|pptx?|od[tsp]|rtf|txt|csv"
                    + "|html?|xml|json|ics|vcf|eml|msg|zip|p7[ms]|asc|mp[34]|mov|dat)\"?$");

    private static final Pattern BOUNDARY = Pattern.compile("(?i)boundary\\s*=\\s*(?:\"([^\"]+)\"|([^;\\s]+))");
    private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*\"?([^\";\\s]+)");
    /** The words of a Received header, and what is between them. */
    private static final Pattern TRANSPORT = Pattern.compile(
            "\\b(from|by|with|for|id|via|E?SMTPS?A?)(?=\\s)|(?:(?!\\b(?:from|by|with|for|id|via)\\s).)+");

    private static final Pattern ENCODED =
            Pattern.compile("=\\?([^?\\s]+)\\?([bBqQ])\\?([^?\\s]*)\\?=(?:\\s+=\\?\\1\\?\\2\\?([^?\\s]*)\\?=)*");
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?[^?\\s]+\\?[bBqQ]\\?([^?\\s]*)\\?=");
    private static final Pattern TAG =
            Pattern.compile("(?s)<!--.*?-->|<(?:style|script)\\b.*?</(?:style|script)>|<[^>]*>");
    private static final Pattern ELEMENT = Pattern.compile("</?([A-Za-z][A-Za-z0-9]*)(?=[\\s/>])");
    private static final byte[] CONTENT = "An invented attachment.\r\n".getBytes(BYTES);

    /** Headers whose values are words of a standard. */
    private static final Set<String> KEPT = Set.of(
            "mime-version",
            "content-transfer-encoding",
            "content-language",
            "date",
            "auto-submitted",
            "precedence",
            "x-precedence",
            "x-auto-response-suppress",
            "importance",
            "priority",
            "x-priority",
            "x-msmail-priority",
            "x-spam-flag",
            "x-threadpost");

    /** Headers that identify hosts and accounts, and that no route reads. */
    private static final Pattern DROPPED =
            Pattern.compile("dkim-signature|domainkey-signature|arc-.*|x-google-.*|x-gm-.*|x-ms-exchange-.*|x-received"
                    + "|x-originating-ip|thread-index|thread-topic|user-agent|autocrypt|openpgp");

    private final UnaryOperator<String> invent;
    private final List<String> texts = new ArrayList<>();

    private InventedMail(UnaryOperator<String> invent) {
        this.invent = invent;
    }

    /** @return the mail with every text replaced */
    static byte[] of(byte[] raw, InventedText text) {
        return new InventedMail(text::of).mail(new String(raw, BYTES), 0).getBytes(BYTES);
    }

    /** @return the texts that {@link #of} replaces, decoded */
    static List<String> texts(byte[] raw) {
        InventedMail reader = new InventedMail(text -> text);
        reader.mail(new String(raw, BYTES), 0);
        return reader.texts;
    }

    private String replaced(String text) {
        texts.add(text);
        return invent.apply(text);
    }

    private String mail(String raw, int depth) {
        Matcher blank = BLANK_LINE.matcher(raw);
        boolean hasBody = blank.find();
        String head = hasBody ? raw.substring(0, blank.start()) : raw;
        String body = hasBody ? raw.substring(blank.end()) : "";
        StringBuilder out = new StringBuilder();
        String type = "text/plain";
        String encoding = "";
        Matcher header = HEADER.matcher(head);
        while (header.find()) {
            String name = header.group(1).toLowerCase(Locale.ROOT);
            String value = header.group(2);
            if (name.equals("content-type")) {
                type = value.strip();
            } else if (name.equals("content-transfer-encoding")) {
                encoding = value.strip().toLowerCase(Locale.ROOT);
            }
            if (!DROPPED.matcher(name).matches()) {
                out.append(header.group(1))
                        .append(':')
                        .append(header(name, value))
                        .append(EOL);
            }
        }
        return out.append(hasBody ? EOL : "")
                .append(body(body, type, encoding, depth))
                .toString();
    }

    private String header(String name, String value) {
        if (KEPT.contains(name)) {
            return value;
        }
        if (name.equals("content-type") || name.equals("content-disposition")) {
            Matcher named = PARAMETER.matcher(value);
            return named.replaceAll(match -> {
                String all = match.group();
                String old = match.group(2);
                Matcher extension = EXTENSION.matcher(old);
                String end = extension.find() ? extension.group() : "";
                String begin = old.substring(0, old.length() - end.length());
                return Matcher.quoteReplacement(all.substring(0, all.length() - old.length()) + words(begin) + end);
            });
        }
        if (name.equals("received")) {
            return TRANSPORT
                    .matcher(value)
                    .replaceAll(part ->
                            Matcher.quoteReplacement(part.group(1) == null ? words(part.group()) : part.group()));
        }
        return words(value);
    }

    /** Text of a header, with encoded words in it. */
    private String words(String value) {
        StringBuilder out = new StringBuilder();
        Matcher encoded = ENCODED.matcher(value);
        int from = 0;
        while (encoded.find()) {
            out.append(plain(value.substring(from, encoded.start())));
            out.append(encodedWords(
                    encoded.group(), encoded.group(1), encoded.group(2).toUpperCase(Locale.ROOT)));
            from = encoded.end();
        }
        return out.append(plain(value.substring(from))).toString();
    }

    /** Some programs write headers as they are, without encoding them. */
    private String plain(String value) {
        Charset charset = MailEncoding.decoded(value.getBytes(BYTES), StandardCharsets.UTF_8)
                        .isPresent()
                ? StandardCharsets.UTF_8
                : BYTES;
        String text = new String(value.getBytes(BYTES), charset);
        // A folded line is one line: a mark of an answer is at its beginning alone.
        return text.isBlank() ? value : new String(replaced(text).getBytes(charset), BYTES);
    }

    private String encodedWords(String original, String charsetName, String kind) {
        Optional<Charset> charset = MailEncoding.charset(charsetName.replaceFirst("\\*.*", ""));
        if (charset.isEmpty()) {
            return "";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Matcher word = ENCODED_WORD.matcher(original);
        while (word.find()) {
            bytes.writeBytes(
                    kind.equals("B")
                            ? MailEncoding.base64(word.group(1))
                            : MailEncoding.quoted(word.group(1).replace('_', ' ')));
        }
        String text = replaced(new String(bytes.toByteArray(), charset.get()));
        return MailEncoding.words(text, charsetName, charset.get(), kind);
    }

    private String body(String body, String type, String encoding, int depth) {
        Matcher boundary = BOUNDARY.matcher(type);
        String kind = type.toLowerCase(Locale.ROOT);
        if (kind.startsWith("multipart/") && boundary.find() && depth < DEEPEST) {
            return parts(body, boundary.group(1) == null ? boundary.group(2) : boundary.group(1), depth);
        }
        boolean coded = encoding.equals("base64") || encoding.equals("quoted-printable");
        if ((kind.startsWith("message/rfc822") || kind.startsWith("text/rfc822-headers"))
                && !coded
                && depth < DEEPEST) {
            return mail(body, depth + 1);
        }
        if (!kind.startsWith("text/") && !kind.startsWith("message/")) {
            return encoding.equals("base64") ? MailEncoding.lines(CONTENT) : new String(CONTENT, BYTES);
        }
        byte[] bytes = encoding.equals("base64")
                ? MailEncoding.base64(body)
                : encoding.equals("quoted-printable")
                        ? MailEncoding.quoted(body.replaceAll("=[ \t]*\r?\n", ""))
                        : body.getBytes(BYTES);
        Matcher named = CHARSET.matcher(type);
        Charset charset = Optional.of(named)
                .filter(Matcher::find)
                .flatMap(found -> MailEncoding.charset(found.group(1)))
                .filter(known -> MailEncoding.decoded(bytes, known).isPresent())
                .orElseGet(() ->
                        MailEncoding.decoded(bytes, StandardCharsets.UTF_8).isPresent()
                                ? StandardCharsets.UTF_8
                                : BYTES);
        String text = new String(bytes, charset);
        byte[] now = (kind.startsWith("text/html") ? html(text) : replaced(text)).getBytes(charset);
        return encoding.equals("base64")
                ? MailEncoding.lines(now)
                : encoding.equals("quoted-printable") ? MailEncoding.quotedPrintable(now) : new String(now, BYTES);
    }

    private String parts(String body, String boundary, int depth) {
        StringBuilder out = new StringBuilder();
        Matcher line = Pattern.compile("(?m)^--" + Pattern.quote(boundary) + "(--)?[ \t]*\r?(?:\n|\\z)")
                .matcher(body);
        int from = -1;
        while (line.find()) {
            if (from >= 0) {
                out.append(mail(body.substring(from, line.start()).replaceFirst("\r?\n\\z", ""), depth + 1))
                        .append(EOL);
            }
            out.append(line.group().strip()).append(EOL);
            from = line.group(1) == null ? line.end() : -1;
        }
        if (from >= 0) {
            out.append(mail(body.substring(from), depth + 1));
        }
        return out.toString();
    }

    /** Tags stay without their attributes; comments, styles and scripts do not. */
    private String html(String html) {
        StringBuilder out = new StringBuilder();
        Matcher tag = TAG.matcher(html);
        int from = 0;
        while (tag.find()) {
            out.append(replaced(html.substring(from, tag.start())));
            boolean dropped = tag.group().startsWith("<!--") || tag.group().matches("(?is)<(?:style|script)\\b.*</.*");
            out.append(dropped ? "" : element(tag.group()));
            from = tag.end();
        }
        return out.append(replaced(html.substring(from))).toString();
    }

    /** What is no element of HTML is text, such as an address in brackets. */
    private String element(String tag) {
        Matcher element = ELEMENT.matcher(tag);
        return element.lookingAt() && Tag.isKnownTag(element.group(1).toLowerCase(Locale.ROOT))
                ? element.group() + ">"
                : replaced(tag);
    }
}
