package io.threadpost.mail;

import java.io.IOException;
import java.io.InputStream;
import java.text.ParsePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

import jakarta.mail.internet.MailDateFormat;

import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.Reason;

/** Reads raw mails. It never fails: for what is missing or broken it puts something in its place, and says so. */
final class MailReader {
    /** In place of a sender that is not there. */
    static final String NOBODY = "(unknown sender)";

    private static final int LONGEST_SUBJECT = 1000;
    private static final int LONGEST_ID = 1000;
    /** Where a sender is looked for, one after the other. */
    private static final List<String> SENDERS = List.of("from", "sender", "reply-to", "return-path");

    private final List<String> problems = new ArrayList<>();

    private MailReader() {}

    /**
     * @param record what the ledger knows of it
     * @param raw its bytes; read, and not closed
     * @throws LedgerException when the ledger that they come from cannot be read
     */
    static InboundMail read(Mail record, InputStream raw) {
        return new MailReader().mail(record, raw);
    }

    private InboundMail mail(Mail record, InputStream raw) {
        HeaderBlock.Split split = split(raw);
        BodyReader.Body body = BodyReader.read(new Headers(split.fields(), null), split.body());
        // Programs that write a header without encoding it write it as they write the text.
        Headers headers = new Headers(split.fields(), body.charset());
        if (body.problem() != null) {
            problems.add(body.problem());
        }
        return new InboundMail(
                record,
                from(headers),
                addresses(headers, "reply-to"),
                addresses(headers, "to"),
                addresses(headers, "cc"),
                subject(headers),
                date(headers.raw("date"), record.received()),
                headers.text("message-id", LONGEST_ID),
                body.text(),
                body.attachments(),
                headers.texts(),
                List.copyOf(problems));
    }

    private HeaderBlock.Split split(InputStream raw) {
        try {
            return HeaderBlock.split(raw);
        } catch (IOException e) {
            problems.add("the mail cannot be read: " + Reason.of(e));
            return new HeaderBlock.Split(List.of(), InputStream.nullInputStream());
        }
    }

    private List<Address> from(Headers headers) {
        for (String name : SENDERS) {
            List<Address> addresses = addresses(headers, name);
            if (!addresses.isEmpty()) {
                if (!name.equals("from")) {
                    problems.add("it does not say whom it is from; " + name + " does");
                }
                return addresses;
            }
        }
        problems.add("it does not say whom it is from");
        return List.of(Address.of(NOBODY, ""));
    }

    private List<Address> addresses(Headers headers, String name) {
        String raw = headers.raw(name);
        try {
            return Addresses.of(raw).stream()
                    .filter(address -> !address.text().isEmpty())
                    .toList();
        } catch (RuntimeException | StackOverflowError e) {
            problems.add("`" + name + "` is broken: " + Reason.of(e));
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
        Date date = text.isEmpty() ? null : new MailDateFormat().parse(text, new ParsePosition(0));
        if (date == null) {
            problems.add(text.isEmpty() ? "it has no date" : "its date cannot be read");
            return received;
        }
        return date.toInstant();
    }
}
