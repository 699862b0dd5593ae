package io.threadpost.mail;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.Field;

/**
 * What an attachment is called. Many programs write names without the quotes that they need, with blanks in them, or as encoded words:
 * read by the book, such a name ends at the first blank, or is none.
 */
final class AttachmentName {
    private static final int LONGEST = 300;
    private static final List<String> FIELDS = List.of("content-disposition", "content-type");
    private static final Pattern QUOTED = Pattern.compile("\"(?:\\\\.|[^\"\\\\])*+\"");
    private static final Pattern BARE = Pattern.compile("(?i)[;\\s](?:file)?name\\s*=\\s*([^\"\\s;][^;]*)");

    private final Map<String, String> fields = new HashMap<>();

    /** Forgets the fields of the part before. */
    void begin() {
        fields.clear();
    }

    /** Takes a field of the part's header. */
    void field(Field field) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        if (FIELDS.contains(name) && field.getRaw() != null) {
            fields.putIfAbsent(name, Charsets.decode(field.getRaw().toByteArray()));
        }
    }

    /** @return one line; empty when it has no name */
    String of(MaximalBodyDescriptor about) {
        for (String field : FIELDS) {
            String value = fields.getOrDefault(field, "");
            Matcher bare = BARE.matcher(QUOTED.matcher(value).replaceAll("\"\""));
            if (bare.find()) {
                return line(bare.group(1).strip().replaceFirst("^'(.*)'$", "$1"));
            }
        }
        String name = about.getContentDispositionFilename();
        Map<String, String> type = about.getContentTypeParameters();
        if (name == null && type != null) {
            name = type.get("name");
        }
        return name == null ? "" : line(name);
    }

    private static String line(String name) {
        return PlainText.line(EncodedWords.decode(name), LONGEST);
    }
}
