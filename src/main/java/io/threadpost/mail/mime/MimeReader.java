package io.threadpost.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

import jakarta.mail.internet.MailDateFormat;

import io.threadpost.mail.mime.HeaderBlock.Field;
import io.threadpost.retry.FailureReason;
import io.threadpost.text.PlainText;

/**
 * Reads raw mails. It never fails: what is missing or broken gets a replacement and is listed in
 * {@link MimeMail#problems}.
 */
public final class MimeReader {
    /** The name of a sender who is missing. */
    static final String NOBODY = "(unknown sender)";

    private static final int LONGEST_SUBJECT = 1000;
    private static final int LONGEST_ID = 1000;
    /** The fields that name a sender, in order of preference. */
    private static final List<String> SENDERS = List.of("from", "sender", "reply-to", "return-path");

    private static final int LONGEST_DATE = 200;
    private static final int MOST_FIELDS = 5000;
    private static final Duration TIME = Duration.ofSeconds(10);
    private static final Duration COPY_TIME = Duration.ofHours(1);

    private final List<String> problems = new ArrayList<>();

    private MimeReader() {}

    /**
     * @param raw the mail's bytes; read, not closed; an unchecked exception that it throws is rethrown
     * @param received replaces a missing date
     */
    public static MimeMail read(InputStream raw, Instant received) {
        return read(raw, received, TIME);
    }

    /**
     * Copies the decoded bytes of an attachment.
     *
     * @param raw the mail's bytes; read, not closed
     * @param number in {@link MimeMail#attachments}, from 0
     * @param copy buffered; not closed; nothing is written when there is no such attachment
     * @throws java.io.UncheckedIOException when the copy cannot be written
     */
    public static void copyAttachment(InputStream raw, int number, OutputStream copy) {
        HeaderBlock.Split split = new MimeReader().split(raw);
        // The reader of the copy may be slow, and the mail was read within its limits before.
        BodyReader.read(split.fields(), split.body(), new ReadingBudget(COPY_TIME), number, copy);
    }

    /** @param time the limit, which grows as more is read: what would take longer is unreadable */
    static MimeMail read(InputStream raw, Instant received, Duration time) {
        return new MimeReader().mail(raw, received, new ReadingBudget(time));
    }

    private MimeMail mail(InputStream raw, Instant received, ReadingBudget budget) {
        HeaderBlock.Split split = split(raw);
        BodyReader.Body body = BodyReader.read(split.fields(), split.body(), budget);
        // Programs that do not encode the header write it in the charset of the text.
        Headers headers = new Headers(split.fields(), body.charset());
        String unreadable = body.unreadable();
        if (split.cut()) {
            unreadable = "its header is longer than a mail's may be; what follows was left out";
        }
        if (body.problem() != null) {
            problems.add(body.problem());
        }
        if (unreadable != null) {
            problems.add(unreadable);
        }
        List<Address> replyTo = addresses(headers, "reply-to");
        return new MimeMail(
                from(headers, replyTo),
                replyTo,
                addresses(headers, "to"),
                addresses(headers, "cc"),
                subject(headers),
                date(headers.raw("date"), received),
                headers.text("message-id", LONGEST_ID),
                body.text(),
                body.attachments(),
                headers.texts(),
                List.copyOf(problems),
                DeliveryTrace.of(split.fields()),
                unreadable == null ? "" : unreadable);
    }

    private HeaderBlock.Split split(InputStream raw) {
        try {
            return HeaderBlock.split(raw, MOST_FIELDS);
        } catch (IOException e) {
            problems.add("the mail cannot be read: " + FailureReason.of(e));
            return new HeaderBlock.Split(List.of(), InputStream.nullInputStream(), false);
        }
    }

    private List<Address> from(Headers headers, List<Address> replyTo) {
        for (String name : SENDERS) {
            List<Address> addresses = addresses(headers, name);
            if (!addresses.isEmpty()) {
                if (!name.equals("from")) {
                    problems.add("its sender is missing; taken from " + name);
                    return addresses;
                }
                return addressed(addresses, replyTo);
            }
        }
        problems.add("its sender is missing");
        return List.of(Address.of(NOBODY, ""));
    }

    /** A sender without an address gets the one in Reply-To. */
    private List<Address> addressed(List<Address> from, List<Address> replyTo) {
        boolean named = from.stream().allMatch(address -> address.plain().isEmpty());
        Optional<Address> answers = replyTo.stream()
                .filter(address -> !address.plain().isEmpty())
                .findFirst()
                .filter(address -> named);
        answers.ifPresent(address -> problems.add("its sender has no address; taken from reply-to"));
        return answers.map(address -> List.of(Address.of(from.get(0).name(), address.plain())))
                .orElse(from);
    }

    private List<Address> addresses(Headers headers, String name) {
        String raw = headers.raw(name);
        try {
            return AddressParser.parse(raw);
        } catch (RuntimeException e) {
            problems.add("`" + name + "` is broken: " + FailureReason.of(e));
            Address line = Address.of(raw, "");
            return line.text().isEmpty() ? List.of() : List.of(line);
        }
    }

    private String subject(Headers headers) {
        String subject = headers.text("subject", LONGEST_SUBJECT);
        if (subject.isEmpty()) {
            problems.add("it has no subject");
        }
        return subject;
    }

    private Instant date(String text, Instant received) {
        boolean none = text.isEmpty() || text.length() > LONGEST_DATE;
        Date date = none ? null : new MailDateFormat().parse(text, new ParsePosition(0));
        if (date == null) {
            problems.add(text.isEmpty() ? "it has no date" : "its date cannot be read");
            return received;
        }
        return date.toInstant();
    }

    /**
     * The fields of the header as text.
     *
     * @param charset of what is neither encoded nor UTF-8; null when unknown
     */
    private record Headers(List<Field> fields, String charset) {
        private static final int MOST = 300;
        private static final int LONGEST = 4000;
        /** What is read of a field. */
        private static final int LONGEST_FIELD = 1 << 14;

        private static final int LONGEST_ALL = 200_000;

        /** @return the first one that is not blank, with its encoded words; empty without one */
        String raw(String name) {
            return fields.stream()
                    .filter(field -> field.name().equals(name))
                    .map(field -> decoded(field.value()))
                    .filter(value -> !value.isBlank())
                    .findFirst()
                    .orElse("");
        }

        /** @return the first one that is not blank, decoded, as one line; empty without one */
        String text(String name, int most) {
            return PlainText.line(EncodedWords.decode(raw(name)), most);
        }

        /** @return decoded, by name; several of one name are a line each, the topmost first */
        Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            Map<String, StringJoiner> joined = new LinkedHashMap<>();
            int left = LONGEST_ALL;
            for (Field field : fields.subList(0, Math.min(fields.size(), MOST))) {
                String text = PlainText.line(EncodedWords.decode(decoded(field.value())), Math.min(left, LONGEST));
                joined.computeIfAbsent(field.name(), name -> new StringJoiner("\n"))
                        .add(text);
                // Characters beyond the basic plane count twice here.
                left = Math.max(0, left - text.length());
            }
            joined.forEach((name, lines) -> texts.put(name, lines.toString()));
            return texts;
        }

        private String decoded(byte[] whole) {
            byte[] value = whole.length <= LONGEST_FIELD ? whole : Arrays.copyOf(whole, LONGEST_FIELD);
            String text = TextDecoder.decode(value);
            boolean plain = charset == null || new String(value, StandardCharsets.UTF_8).indexOf('\ufffd') < 0;
            return plain ? text : TextDecoder.decode(value, charset);
        }
    }
}
