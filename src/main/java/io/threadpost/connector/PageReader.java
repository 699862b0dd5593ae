package io.threadpost.connector;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import io.threadpost.json.RawJson;

/**
 * Reads {@code {"MessageThreads": […], "Cursor": …}} in one pass: of each thread it reads only what pulling needs, and
 * keeps the rest as it was written. It skips unknown properties, since the platform may add some at any time.
 */
final class PageReader {
    private static final JsonFactory JSON = new JsonFactory();
    /** Ten times what can be requested. */
    private static final int MOST = 10_000;

    /** What a page holds. */
    record Content(List<MessageThread> threads, String cursor) {}

    /** @throws IOException when the text is not such a page; the message quotes nothing of it */
    Content read(byte[] text) throws IOException {
        List<MessageThread> threads = null;
        String cursor = null;
        try (JsonParser parser = JSON.createParser(text)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT, parser);
            if (offset(parser) < 0) {
                throw new IOException("no page of threads: JSON that is not UTF-8");
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (name.equals("MessageThreads")) {
                    expect(value, JsonToken.START_ARRAY, parser);
                    if (threads != null) {
                        throw new IOException("no page of threads: a second list of them at byte " + offset(parser));
                    }
                    threads = threads(parser, text);
                } else if (name.equals("Cursor") && value != JsonToken.VALUE_NULL) {
                    // Anything else taken for "no cursor" would end a window with threads left behind.
                    expect(value, JsonToken.VALUE_STRING, parser);
                    cursor = parser.getText();
                } else {
                    parser.skipChildren();
                }
            }
            expect(parser.currentToken(), JsonToken.END_OBJECT, parser);
            if (parser.nextToken() != null) {
                throw new IOException("something follows the JSON at byte " + offset(parser));
            }
        } catch (JsonParseException e) {
            throw new IOException(
                    "no complete JSON, broken off at byte " + e.getLocation().getByteOffset());
        }
        if (threads == null) {
            throw new IOException("JSON without MessageThreads");
        }
        return new Content(threads, cursor);
    }

    private static List<MessageThread> threads(JsonParser parser, byte[] text) throws IOException {
        List<MessageThread> threads = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            if (token == null) {
                throw new IOException("no complete JSON, broken off at byte " + text.length);
            }
            if (threads.size() == MOST) {
                throw new IOException("more than " + MOST + " threads, up to byte " + offset(parser));
            }
            threads.add(thread(parser, token, text));
        }
        return threads;
    }

    private static MessageThread thread(JsonParser parser, JsonToken first, byte[] text) throws IOException {
        int from = (int) parser.currentTokenLocation().getByteOffset();
        String id = null;
        String updated = null;
        if (first == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                if (value == JsonToken.VALUE_STRING) {
                    if (name.equals("Id")) {
                        id = parser.getText();
                    } else if (name.equals("UpdatedUtc")) {
                        updated = parser.getText();
                    }
                } else {
                    parser.skipChildren();
                }
            }
        } else {
            parser.skipChildren();
            parser.finishToken();
        }
        int to = (int) offset(parser);
        return new MessageThread(id, updated, new RawJson(text, from, to - from));
    }

    private static void expect(JsonToken token, JsonToken expected, JsonParser parser) throws IOException {
        if (token != expected) {
            throw new IOException("no page of threads: unexpected JSON at byte " + offset(parser));
        }
    }

    private static long offset(JsonParser parser) {
        return parser.currentLocation().getByteOffset();
    }
}
