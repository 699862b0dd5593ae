package io.threadpost.connector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.threadpost.json.RawJson;

/**
 * Reads an answer such as {@code {"MessageThreads": […], "Cursor": …}} in one pass: of each item it reads only what
 * Threadpost needs, and keeps the rest as it was written. It skips unknown properties, since the platform may add some
 * at any time.
 */
final class PageReader {
    private static final JsonFactory JSON = new JsonFactory();
    /** Ten times what can be requested. */
    private static final int MOST = 10_000;
    /** Fields of a thread that routes and journeys read most. */
    private static final Set<String> READ = Set.of("Id", "UpdatedUtc", "Subject", "OriginalSender");

    /** What a page holds. */
    record Content<T>(List<T> items, String cursor) {}

    /**
     * An entry of the answer to {@code messages/add}.
     *
     * @param identifier null when it is missing
     * @param message null when it is missing
     */
    record Added(String identifier, PlatformMessage message) {}

    private interface ItemReader<T> {
        T read(JsonParser parser, JsonToken first, byte[] text) throws IOException;
    }

    /** @throws IOException when the text is not a page of threads; the message quotes nothing of it */
    Content<MessageThread> threads(byte[] text) throws IOException {
        return read(text, "MessageThreads", "threads", PageReader::thread);
    }

    /** @throws IOException when the text is not a page of messages; the message quotes nothing of it */
    Content<PlatformMessage> messages(byte[] text) throws IOException {
        return read(text, "Messages", "messages", PageReader::message);
    }

    /** @throws IOException when the text is not the answer to an add of messages; the message quotes nothing of it */
    List<Added> added(byte[] text) throws IOException {
        return read(text, "Messages", "messages", PageReader::addedMessage).items();
    }

    private static <T> Content<T> read(byte[] text, String list, String what, ItemReader<T> itemReader)
            throws IOException {
        List<T> items = null;
        String cursor = null;
        try (JsonParser parser = JSON.createParser(text)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT, parser, what);
            if (offset(parser) < 0) {
                throw new IOException("not a page of " + what + ": its JSON is not UTF-8");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals(list)) {
                    expect(value, JsonToken.START_ARRAY, parser, what);
                    if (items != null) {
                        throw new IOException("not a page of " + what + ": a second list at byte " + offset(parser));
                    }
                    items = items(parser, text, what, itemReader);
                } else if (name.equals("Cursor") && value != JsonToken.VALUE_NULL) {
                    // Anything else taken for "no cursor" would end a window with items left behind.
                    expect(value, JsonToken.VALUE_STRING, parser, what);
                    cursor = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            expect(parser.currentToken(), JsonToken.END_OBJECT, parser, what);
            if (parser.nextToken() != null) {
                throw new IOException("unexpected content after the JSON at byte " + offset(parser));
            }
        } catch (JsonParseException e) {
            throw new IOException(
                    "incomplete JSON, cut off at byte " + e.getLocation().getByteOffset());
        }
        if (items == null) {
            throw new IOException("JSON without " + list);
        }
        return new Content<>(items, cursor);
    }

    private static <T> List<T> items(JsonParser parser, byte[] text, String what, ItemReader<T> itemReader)
            throws IOException {
        List<T> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw new IOException("incomplete JSON, cut off at byte " + text.length);
            }
            if (items.size() == MOST) {
                throw new IOException("more than " + MOST + " " + what + ", up to byte " + offset(parser));
            }
            items.add(itemReader.read(parser, token, text));
        }
        return items;
    }

    private static MessageThread thread(JsonParser parser, JsonToken first, byte[] text) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        String id = null;
        String updated = null;
        String subject = null;
        String sender = null;
        boolean complete = true;
        if (first == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    switch (name) {
                        case "Id" -> id = parser.getText();
                        case "UpdatedUtc" -> updated = parser.getText();
                        case "Subject" -> subject = parser.getText();
                        case "OriginalSender" -> sender = parser.getText();
                        default -> {
                            // not needed
                        }
                    }
                } else {
                    // The last one counts where a name occurs twice.
                    complete &= !READ.contains(name);
                    parser.skipChildren();
                }
            }
        } else {
            skip(parser);
        }
        complete &= id != null && updated != null && subject != null && sender != null;
        Map<String, String> texts = complete
                ? Map.of("Id", id, "UpdatedUtc", updated, "Subject", subject, "OriginalSender", sender)
                : Map.of();
        return new MessageThread(id, updated, new RawJson(text, from, (int) offset(parser) - from, texts));
    }

    private static PlatformMessage message(JsonParser parser, JsonToken first, byte[] text) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        String id = null;
        String thread = null;
        String words = null;
        String sender = null;
        String created = null;
        if (first == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                switch (name) {
                    case "Id" -> id = string(parser, value);
                    case "MessageThreadId" -> thread = string(parser, value);
                    case "Text" -> words = string(parser, value);
                    case "Sender" -> sender = sender(parser, value);
                    case "CreatedUtc" -> created = string(parser, value);
                    default -> parser.skipChildren();
                }
            }
        } else {
            skip(parser);
        }
        return new PlatformMessage(id, thread, words, sender, created, rawJson(parser, text, from));
    }

    private static Added addedMessage(JsonParser parser, JsonToken first, byte[] text) throws IOException {
        String identifier = null;
        PlatformMessage message = null;
        if (first == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("Identifier")) {
                    identifier = string(parser, value);
                } else if (name.equals("Message") && value == JsonToken.START_OBJECT) {
                    message = message(parser, value, text);
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            skip(parser);
        }
        return new Added(identifier, message);
    }

    /** The documentation shows an object with a {@code Discriminator}, the OpenAPI description its text alone. */
    private static String sender(JsonParser parser, JsonToken value) throws IOException {
        if (value != JsonToken.START_OBJECT) {
            return string(parser, value);
        }
        String discriminator = null;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken inner = parser.nextToken();
            if (name.equals("Discriminator")) {
                discriminator = string(parser, inner);
            } else {
                parser.skipChildren();
            }
        }
        return discriminator;
    }

    private static String string(JsonParser parser, JsonToken value) throws IOException {
        if (value == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        parser.skipChildren();
        return null;
    }

    private static void skip(JsonParser parser) throws IOException {
        parser.skipChildren();
        parser.finishToken();
    }

    private static RawJson rawJson(JsonParser parser, byte[] text, int from) {
        return new RawJson(text, from, (int) offset(parser) - from);
    }

    private static void expect(JsonToken token, JsonToken expected, JsonParser parser, String what) throws IOException {
        if (token != expected) {
            throw new IOException("not a page of " + what + ": unexpected JSON at byte " + offset(parser));
        }
    }

    private static long offset(JsonParser parser) {
        return parser.currentLocation().getByteOffset();
    }
}
