package io.threadpost.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.mail.internet.MailDateFormat;

import io.threadpost.mail.mime.HeaderBlock.Field;

/**
 * What a mail's header says about the mails before it. Message-IDs are in angle brackets and without white space,
 * however a program has folded them.
 *
 * @param messageId its own; null without one
 * @param inReplyTo the mails that it answers
 * @param references the mails before it, the oldest first; of many the first and the last ones
 * @param recipients the addresses that it was sent to, by its header and by the servers that delivered it
 * @param written when its sender wrote it; null when that is unknown
 */
public record MailReferences(
        String messageId, List<String> inReplyTo, List<String> references, List<String> recipients, Instant written) {
    /** The limit of {@code In-Reply-To} and {@code References} together. */
    static final int MOST = 99;

    private static final int MOST_ANSWERED = 9;
    private static final int MOST_RECIPIENTS = 200;
    private static final int MOST_FIELDS = 5000;
    /** RFC 5322: a line has at most 998 characters. */
    private static final int LONGEST_ID = 998;

    /** An index of PostgreSQL holds 2,704 bytes. */
    private static final int LONGEST_INDEXED = 2000;
    /** Without brackets, only a short field can be a Message-ID. */
    private static final int LONGEST_BARE = 2000;

    private static final int LONGEST_FIELD = 1 << 17;
    private static final int LONGEST_DATE = 200;
    private static final Pattern BRACKETED = Pattern.compile("<([^<>]{1,2000})>");
    /** Words, whole and each once: whether an at sign is in one is looked at afterwards. */
    private static final Pattern BARE = Pattern.compile("[^\\s<>,;()\"]++");

    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:()\"]++");
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_DOMAIN = 255;
    private static final Set<String> RECIPIENTS =
            Set.of("to", "cc", "delivered-to", "x-delivered-to", "x-original-to", "envelope-to", "x-envelope-to");

    /** Reads the header, at most a MiB. */
    public static MailReferences of(InputStream mail) throws IOException {
        List<Field> header = HeaderBlock.split(mail, MOST_FIELDS).fields();
        List<String> own = ids(header, "message-id");
        List<String> answered = ids(header, "in-reply-to");
        List<String> before = ids(header, "references");
        answered = answered.subList(0, Math.min(answered.size(), MOST_ANSWERED));
        int most = MOST - answered.size();
        if (before.size() > most) {
            // The first one began the conversation.
            List<String> last = before.subList(before.size() - most + 1, before.size());
            before = Stream.concat(Stream.of(before.get(0)), last.stream()).toList();
        }
        return new MailReferences(
                own.isEmpty() ? null : own.get(0),
                List.copyOf(answered),
                List.copyOf(before),
                recipients(header),
                written(header));
    }

    /** @return the Message-IDs in the value of a field, each once, as written */
    public static List<String> ids(String value) {
        Set<String> ids = new LinkedHashSet<>();
        // A program that encodes any long field encodes this one, too.
        String text = value.contains("=?") ? EncodedWords.decode(value) : value;
        Matcher bracketed = BRACKETED.matcher(text);
        while (bracketed.find()) {
            add(ids, bracketed.group(1));
        }
        if (ids.isEmpty()) {
            String beginning = text.substring(0, Math.min(text.length(), LONGEST_BARE));
            BARE.matcher(beginning)
                    .results()
                    .map(MatchResult::group)
                    .filter(word -> at(word) > 0)
                    .forEach(word -> add(ids, word));
        }
        return new ArrayList<>(ids);
    }

    private static void add(Set<String> ids, String written) {
        String id = written.replaceAll("[\\s\\p{Cntrl}\\p{Cs}]+", "");
        boolean indexable = id.getBytes(StandardCharsets.UTF_8).length <= LONGEST_INDEXED;
        if (!id.isEmpty() && id.length() <= LONGEST_ID - 2 && indexable) {
            ids.add("<" + id + ">");
        }
    }

    private static List<String> ids(List<Field> header, String name) {
        Set<String> ids = new LinkedHashSet<>();
        header.stream().filter(field -> field.name().equals(name)).forEach(field -> ids.addAll(ids(text(field))));
        return new ArrayList<>(ids);
    }

    private static List<String> recipients(List<Field> header) {
        Set<String> recipients = new LinkedHashSet<>();
        for (Field field : header) {
            if (RECIPIENTS.contains(field.name())) {
                ADDRESS.matcher(text(field))
                        .results()
                        .map(MatchResult::group)
                        .filter(word -> at(word) > 0)
                        .map(MailReferences::address)
                        .forEach(recipients::add);
            }
        }
        return recipients.stream().limit(MOST_RECIPIENTS).toList();
    }

    /** @return where the at sign is that text surrounds; negative without one */
    private static int at(String word) {
        int at = word.indexOf('@', 1);
        return at < word.length() - 1 ? at : -1;
    }

    private static String address(String word) {
        int at = at(word);
        return word.substring(Math.max(0, at - LONGEST_LOCAL_PART), Math.min(word.length(), at + 1 + LONGEST_DOMAIN));
    }

    private static Instant written(List<Field> header) {
        String text = header.stream()
                .filter(field -> field.name().equals("date"))
                .map(MailReferences::text)
                .findFirst()
                .orElse("");
        boolean none = text.isEmpty() || text.length() > LONGEST_DATE;
        Date date = none ? null : new MailDateFormat().parse(text, new ParsePosition(0));
        return date == null ? null : date.toInstant();
    }

    /** One character a byte: Message-IDs are compared, and not shown. */
    private static String text(Field field) {
        byte[] value = field.value();
        return new String(
                value.length <= LONGEST_FIELD ? value : Arrays.copyOf(value, LONGEST_FIELD),
                StandardCharsets.ISO_8859_1);
    }
}
