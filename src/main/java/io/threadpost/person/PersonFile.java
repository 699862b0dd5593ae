package io.threadpost.person;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.threadpost.json.JsonCodec;

/**
 * The content of a file that may have a person's threads.
 *
 * @param text one character a byte, unless it is in UTF-16: so that all that is not taken out stays as it is
 */
record PersonFile(Kind kind, String text, Charset charset) {
    /** How the name of a file ends that is being written. */
    static final String TEMPORARY = ".tmp";

    /** A larger file is read piece by piece to see whether it names the person. */
    private static final long LARGE = 16L << 20;

    private static final int PIECE = 1 << 20;
    /** No escaped address is longer. */
    private static final int OVERLAP = 2048;

    enum Kind {
        JSON,
        CSV,
        TEMPORARY,
        OTHER
    }

    /** @return whether a large file is known not to name the person; it is not read as a whole then */
    static boolean isClear(Path file, PersonMatcher matcher, TextIndex threads) throws IOException {
        if (Files.size(file) < LARGE) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String before = "";
            for (byte[] piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
                String text = before + new String(piece, StandardCharsets.ISO_8859_1);
                // In UTF-16, an Id has a zero between its characters.
                String narrow = text.replace("\0", "");
                if (matcher.findsBytes(text) || threads.finds(narrow)) {
                    return false;
                }
                before = text.substring(Math.max(0, text.length() - OVERLAP));
            }
            return true;
        }
    }

    static PersonFile of(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        boolean wide = bytes.length > 1
                && (bytes[0] == (byte) 0xff && bytes[1] == (byte) 0xfe
                        || bytes[0] == (byte) 0xfe && bytes[1] == (byte) 0xff);
        Charset charset = !wide
                ? StandardCharsets.ISO_8859_1
                : bytes[0] == (byte) 0xff ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        return new PersonFile(kind(file.getFileName().toString()), new String(bytes, charset), charset);
    }

    private static Kind kind(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(TEMPORARY)) {
            return Kind.TEMPORARY;
        }
        if (lower.endsWith(".json") || lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
            return Kind.JSON;
        }
        return lower.endsWith(".csv") ? Kind.CSV : Kind.OTHER;
    }

    /** @return each with its line end; a file with one JSON object on several lines is one record */
    List<String> records() {
        int line = text.indexOf('\n') + 1;
        if (kind == Kind.JSON
                && fields(line == 0 ? text : text.substring(0, line)).isEmpty()) {
            return List.of(text);
        }
        List<String> records = new ArrayList<>();
        boolean quoted = false;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            quoted ^= kind == Kind.CSV && c == '"';
            if (c == '\n' && !quoted) {
                records.add(text.substring(from, i + 1));
                from = i + 1;
            }
        }
        if (from < text.length()) {
            records.add(text.substring(from));
        }
        return records;
    }

    private boolean isBytes() {
        return charset == StandardCharsets.ISO_8859_1;
    }

    boolean finds(String part, PersonMatcher matcher) {
        return isBytes() ? matcher.findsBytes(part) : matcher.finds(part);
    }

    boolean names(String part, TextIndex threads, PersonMatcher matcher) {
        return finds(part, matcher) || threads.finds(part);
    }

    /** Of another guest's thread that names the person. */
    String masked(String record, PersonMatcher matcher) {
        if (!finds(record, matcher)) {
            return record;
        }
        return isBytes() ? matcher.maskBytes(record) : matcher.mask(record);
    }

    String readable() {
        return readable(text);
    }

    String readable(String part) {
        return isBytes() ? new String(part.getBytes(charset), StandardCharsets.UTF_8) : part;
    }

    /** @return whether a record of it is one of the person */
    boolean isOwn(String record, PersonTraces traces, TextIndex threads, PersonMatcher matcher) {
        if (kind == Kind.JSON) {
            Map<?, ?> fields = fields(record);
            return fields.get("Id") instanceof String id && traces.threads().contains(id)
                    || matcher.finds(String.valueOf(fields.get("OriginalSender")));
        }
        return kind == Kind.CSV && names(record, threads, matcher);
    }

    static Map<?, ?> fields(String record) {
        try {
            Object value = JsonCodec.decode(record.getBytes(StandardCharsets.ISO_8859_1));
            return value instanceof Map<?, ?> fields ? fields : Map.of();
        } catch (IOException e) {
            return Map.of();
        }
    }
}
