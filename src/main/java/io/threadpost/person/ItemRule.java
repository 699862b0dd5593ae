package io.threadpost.person;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.threadpost.json.JsonCodec;
import io.threadpost.json.RawJson;
import io.threadpost.mail.MailConstants;
import io.threadpost.smtp.OutgoingMail;
import io.threadpost.spool.SpoolContents.Stored;
import io.threadpost.spool.SpoolItem;

/** Which items of the spools are a person's, which only name the person, and how these are masked. */
final class ItemRule {
    /** The spool of replies: the keys of its items are the Ids of messages. */
    private static final String REPLIES = "replies";

    /** The spool of messages that are to be added to threads. */
    private static final String MESSAGES = "messages";

    private static final Set<String> PAST = Set.of("finished", "discarded");

    private final PersonTraces traces;
    private final PersonMatcher matcher;
    /** In digests and the like, the person is a line among others. */
    private final PersonMatcher lines;

    private final TextIndex threads;
    private final MailMask mail;
    private final Set<Long> mails;
    private final Set<String> keys;

    ItemRule(PersonTraces traces) {
        this.traces = traces;
        this.matcher = traces.matcher();
        this.lines = new PersonMatcher(
                traces.address(),
                Stream.concat(traces.names().stream(), traces.subjects().stream())
                        .toList());
        this.threads = TextIndex.exactly(traces.threads());
        this.mail = new MailMask(lines);
        this.mails = traces.mails().stream().map(PersonTraces.OwnMail::number).collect(Collectors.toSet());
        this.keys = traces.mails().stream().map(PersonTraces.OwnMail::key).collect(Collectors.toSet());
    }

    /** @return whether the item is the person's alone */
    boolean isOwn(Stored stored) {
        SpoolItem item = stored.item();
        String key = item.key() == null ? "" : item.key();
        if (keys.contains(key)
                || stored.spool().equals(REPLIES) && traces.replies().contains(key)
                || traces.threads().contains(key.replaceFirst("@.*", ""))
                || stored.spool().equals(MailConstants.SPOOL)
                        && item.body() instanceof Number number
                        && mails.contains(number.longValue())) {
            return true;
        }
        Object recipient = item.headers().get(OutgoingMail.TO);
        if (recipient instanceof String to && matcher.finds(to) || matcher.finds(key)) {
            return true;
        }
        return item.body() instanceof Map<?, ?> fields
                && (isThread(fields.get("Id"))
                        || isThread(fields.get("thread")) && !isOthersMessage(stored, fields)
                        || isThread(fields.get("MessageThreadId"))
                        || matcher.finds(String.valueOf(fields.get("OriginalSender"))));
    }

    /** Somebody else may have written in the person's thread; 0 is the report of a reply to the person. */
    private boolean isOthersMessage(Stored stored, Map<?, ?> fields) {
        return stored.spool().equals(MESSAGES)
                && fields.get("mail") instanceof Number number
                && number.longValue() != 0
                && !mails.contains(number.longValue());
    }

    private boolean isThread(Object id) {
        return id instanceof String text && traces.threads().contains(text);
    }

    /** @return null to remove the item, the same one to leave it, or one without the person */
    SpoolItem edit(Stored stored) {
        if (isOwn(stored)) {
            return null;
        }
        SpoolItem item = stored.item();
        Object body = masked(item.body());
        Map<String, Object> headers = new LinkedHashMap<>(item.headers());
        headers.replaceAll((name, value) -> value instanceof String text ? masked(text) : value);
        if (body == item.body() && headers.equals(item.headers())) {
            return item;
        }
        // What is only kept to look at is not worth a masked copy.
        return PAST.contains(stored.state()) ? null : new SpoolItem(item.key(), item.connection(), headers, body);
    }

    private Object masked(Object body) {
        if (body instanceof byte[] bytes) {
            return names(new String(bytes, StandardCharsets.ISO_8859_1)) || mail.finds(bytes) && isAbout(bytes)
                    ? mail.mask(bytes)
                    : bytes;
        }
        if (body instanceof RawJson json) {
            String text = json.toString();
            boolean escaped = text.indexOf('\\') >= 0;
            return names(text) || escaped && names(values(json)) ? json(json) : json;
        }
        if (body instanceof String text) {
            return masked(text);
        }
        if (body instanceof Map<?, ?> || body instanceof List<?>) {
            return names(values(body)) ? changed(body) : body;
        }
        return body;
    }

    /** A digest names a thread by its Id, or a guest by name: a subject alone may be another guest's. */
    private boolean isAbout(byte[] bytes) {
        return new MailMask(matcher).finds(bytes);
    }

    private String masked(String text) {
        return names(text) ? lines.mask(text) : text;
    }

    private boolean names(String text) {
        return matcher.finds(text) || threads.finds(text);
    }

    private static String values(Object body) {
        if (body instanceof Map<?, ?> map) {
            return map.values().stream().map(ItemRule::values).collect(Collectors.joining("\n"));
        }
        if (body instanceof List<?> list) {
            return list.stream().map(ItemRule::values).collect(Collectors.joining("\n"));
        }
        return String.valueOf(body);
    }

    private Object changed(Object body) {
        Object masked = tree(body);
        return masked.equals(body) ? body : masked;
    }

    private RawJson json(RawJson json) {
        try {
            Object fields = JsonCodec.decode(json.toBytes());
            Object masked = changed(fields);
            return masked == fields ? json : new RawJson(JsonCodec.encode(masked));
        } catch (IOException e) {
            return new RawJson(lines.mask(json.toString()).getBytes(StandardCharsets.UTF_8));
        }
    }

    private Object tree(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> masked = new LinkedHashMap<>();
            map.forEach((name, field) -> masked.put(name, tree(field)));
            return masked;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::tree).collect(Collectors.toList());
        }
        return value instanceof String text ? lines.mask(text) : value;
    }
}
