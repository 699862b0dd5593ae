package io.threadpost.mail.mime;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A mail that was read. Whatever was missing or broken in it has a replacement.
 *
 * @param from the senders, the first being the one that counts; never empty
 * @param replyTo where answers go; empty when that is the sender
 * @param to the recipients
 * @param cc the recipients of copies
 * @param subject one line; empty without one
 * @param date when its sender wrote it, or when it was received if that is unknown
 * @param messageId as it was written; empty without one
 * @param text its text, lines ended by line feeds
 * @param attachments what came with it
 * @param headers decoded, by name in lower case; several of one name are a line each, the topmost first
 * @param problems what could not be read, a line each
 * @param trace the hosts it passed, and what they report about its sender
 * @param unreadable why it was not read to its end, one line; empty when it was
 */
public record MimeMail(
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
    /** So many of several senders are named. */
    private static final int NAMED = 3;

    /** @return the senders, for people */
    public String fromText() {
        String text = Address.text(from.subList(0, Math.min(NAMED, from.size())));
        return from.size() > NAMED ? text + ", …" : text;
    }

    /** @return the same mail with another sender */
    public MimeMail withSender(Address sender) {
        return new MimeMail(
                List.of(sender),
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

    /**
     * @param name in lower case
     * @return its first line; empty without one
     */
    public String header(String name) {
        return headers.getOrDefault(name, "").lines().findFirst().orElse("");
    }

    public boolean has(String name) {
        return headers.containsKey(name);
    }

    /** @return the fields of {@link #asMap} that depend on the sender */
    public Map<String, Object> senderAsMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", fromText());
        map.put("fromName", from.get(0).name());
        map.put("fromAddress", from.get(0).plain());
        return map;
    }

    /** @return texts, lists and maps that JSON can hold */
    public Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>(senderAsMap());
        map.put("replyTo", Address.text(replyTo));
        map.put("to", Address.text(to));
        map.put("cc", Address.text(cc));
        map.put("subject", subject);
        map.put("date", date.toString());
        map.put("messageId", messageId);
        map.put("text", text);
        map.put("attachments", attachments.stream().map(Attachment::asMap).toList());
        map.put("headers", headers);
        map.put("problems", problems);
        return map;
    }
}
