package io.threadpost.mail;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail that was read. Whatever was missing or broken in it, there is something in each place.
 *
 * @param record what the ledger knows of it
 * @param from whom it comes from: the first is meant when there are several; never empty
 * @param replyTo where answers shall go; empty when that is where it comes from
 * @param to whom it goes to
 * @param cc who gets a copy
 * @param subject one line; empty when it has none
 * @param date when its sender wrote it, or when it was received if that cannot be told
 * @param messageId as it was written; empty when there is none
 * @param text its text, lines ended by line feeds
 * @param attachments what came with it
 * @param headers decoded, by name in small letters; what stands there several times with a line for each, the topmost
 *     first
 * @param problems what could not be read, a line each
 * @param trace which hosts it passed, and what they say of its sender
 * @param unreadable why it was not read to its end, one line; empty when it was
 */
record InboundMail(
        MailRecord record,
        List<Address> from,
        List<Address> replyTo,
        List<Address> to,
        List<Address> cc,
        String subject,
        Instant date,
        String messageId,
        String text,
        List<Attachment> attachments,
        Map<String, String> headers,
        List<String> problems,
        DeliveryTrace trace,
        String unreadable) {
    /** Of several senders so many are named. */
    private static final int NAMED = 3;

    /** @return who it comes from, as a person reads it */
    String fromText() {
        String text = AddressParser.text(from.subList(0, Math.min(NAMED, from.size())));
        return from.size() > NAMED ? text + ", …" : text;
    }

    /** @return the same mail with another sender, whom others name in place of its own */
    InboundMail writtenBy(Address writer) {
        return new InboundMail(
                record,
                List.of(writer),
                replyTo,
                to,
                cc,
                subject,
                date,
                messageId,
                text,
                attachments,
                headers,
                problems,
                trace,
                unreadable);
    }

    /** @param name in small letters @return its first line; empty when there is none */
    String header(String name) {
        return headers.getOrDefault(name, "").lines().findFirst().orElse("");
    }

    boolean has(String name) {
        return headers.containsKey(name);
    }

    /** @return what of the body of the exchange says who it comes from */
    Map<String, Object> senderAsMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", fromText());
        map.put("fromName", from.get(0).name());
        map.put("fromAddress", from.get(0).plain());
        return map;
    }

    /**
     * @return the body of the exchange: texts, numbers, lists and maps that JSON can hold, and that a route may change
     */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("number", record.number());
        map.put("mailbox", record.mailbox());
        map.put("connection", record.connection());
        map.put("received", record.received().toString());
        map.putAll(senderAsMap());
        map.put("replyTo", AddressParser.text(replyTo));
        map.put("to", AddressParser.text(to));
        map.put("cc", AddressParser.text(cc));
        map.put("subject", subject);
        map.put("date", date.toString());
        map.put("messageId", messageId);
        map.put("text", text);
        map.put("attachments", attachments.stream().map(Attachment::asMap).toList());
        map.put("bytes", record.bytes());
        map.put("released", record.releases() > 0);
        map.put("headers", headers);
        map.put("problems", problems);
        return map;
    }
}
