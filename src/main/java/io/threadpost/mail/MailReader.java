package io.threadpost.mail;

import java.io.IOException;
import java.io.InputStream;
import java.text.ParsePosition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

import jakarta.mail.internet.MailDateFormat;

import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.FailureReason;

/** Reads raw mails. It never fails: for what is missing or broken it puts something in its place, and says so. */
final class MailReader {
    /** In place of a sender that is not there. */
    static final String NOBODY = "(unknown sender)";

    private static final int LONGEST_SUBJECT = 1000;
    private static final int LONGEST_ID = 1000;
    /** Where a sender is looked for, one after the other. */
    private static final List<String> SENDERS = List.of("from", "sender", "reply-to", "return-path");

    private static final int LONGEST_DATE = 200;
    private static final int MOST_FIELDS = 5000;
    private static final Duration TIME = Duration.ofSeconds(10);

    private final List<String> problems = new ArrayList<>();

    private MailReader() {}

    /**
     * @param record what the ledger knows of it
     * @param raw its bytes; read, and not closed
     * @throws LedgerException when the ledger that they come from cannot be read
     */
    static InboundMail read(MailRecord record, InputStream raw) {
        return read(record, raw, TIME);
    }

    /**
     * @param time that it may take, and more as more of it is read: a mail that takes longer is unreadable from there
     *     on
     */
    static InboundMail read(MailRecord record, InputStream raw, Duration time) {
        return new MailReader().mail(record, raw, new ReadingBudget(time));
    }

    private InboundMail mail(MailRecord record, InputStream raw, ReadingBudget readingBudget) {
        HeaderBlock.Split split = split(raw);
        BodyReader.Body body = BodyReader.read(split.fields(), split.body(), readingBudget);
        // Programs that write a header without encoding it write it as they write the text.
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
        return new InboundMail(
                record,
                from(headers, replyTo),
                replyTo,
                addresses(headers, "to"),
                addresses(headers, "cc"),
                subject(headers),
                date(headers.raw("date"), record.received()),
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
                    problems.add("it does not say whom it is from; " + name + " does");
                    return addresses;
                }
                return addressed(addresses, replyTo);
            }
        }
        problems.add("it does not say whom it is from");
        return List.of(Address.of(NOBODY, ""));
    }

    /** A sender who is only named has the address that answers shall go to. */
    private List<Address> addressed(List<Address> from, List<Address> replyTo) {
        boolean named = from.stream().allMatch(address -> address.plain().isEmpty());
        Optional<Address> answers = replyTo.stream()
                .filter(address -> !address.plain().isEmpty())
                .findFirst()
                .filter(address -> named);
        answers.ifPresent(address -> problems.add("it names its sender without an address; reply-to has one"));
        return answers.map(address -> List.of(Address.of(from.get(0).name(), address.plain())))
                .orElse(from);
    }

    private List<Address> addresses(Headers headers, String name) {
        String raw = headers.raw(name);
        try {
            return AddressParser.of(raw).stream()
                    .filter(address -> !address.text().isEmpty())
                    .toList();
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
}
