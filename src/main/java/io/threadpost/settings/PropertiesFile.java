package io.threadpost.settings;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A properties file with its line numbers, which {@link Properties} does not keep.
 *
 * @param name its name, for messages
 * @param entries key, value and line, in the file's order, duplicates included
 */
record PropertiesFile(String name, List<Entry> entries) {
    private static final Pattern KEY =
            Pattern.compile("\\s*(?:\\\\.|[^\\\\=:\\s])*[ \\t\\f]*[=:]?[ \\t\\f]*", Pattern.DOTALL);

    static final String NAME = "application.properties";
    static final PropertiesFile NONE = new PropertiesFile(NAME, List.of());

    /**
     * One key.
     *
     * @param value as it is read
     * @param written the value in the file, with its escapes
     * @param line the one it begins on, counted from 1
     */
    record Entry(String key, String value, String written, int line) {
        /** The key without its profile. */
        String bareKey() {
            return key.startsWith("%") ? key.substring(key.indexOf('.') + 1) : key;
        }
    }

    /**
     * Reads a file the way Quarkus does: UTF-8, with the escapes of {@link Properties}.
     *
     * @throws IOException when it cannot be read
     * @throws InvalidSettings when a line is not one of a properties file
     */
    static PropertiesFile read(Path path) throws IOException {
        return parse(path.getFileName().toString(), new String(Files.readAllBytes(path), StandardCharsets.UTF_8));
    }

    static PropertiesFile parse(String name, String text) {
        List<Entry> entries = new ArrayList<>();
        List<SettingProblem> problems = new ArrayList<>();
        String[] lines = text.split("\r\n|\r|\n", -1);
        for (int i = 0; i < lines.length; i++) {
            int first = i;
            StringBuilder logical = new StringBuilder(lines[i]);
            while (!comment(lines[first]) && continued(lines[i]) && i + 1 < lines.length) {
                logical.append('\n').append(lines[++i]);
            }
            try {
                entry(logical.toString(), first + 1, entries);
            } catch (IllegalArgumentException e) {
                problems.add(SettingOrigin.line(name, first + 1)
                        .problem("", "a \\u is not followed by four hexadecimal digits; write a backslash as \\\\"));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return new PropertiesFile(name, List.copyOf(entries));
    }

    private static boolean comment(String line) {
        String stripped = line.stripLeading();
        return stripped.isEmpty() || stripped.startsWith("#") || stripped.startsWith("!");
    }

    private static boolean continued(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private static void entry(String logical, int line, List<Entry> entries) {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical));
        } catch (IOException e) {
            throw new IllegalStateException("A string cannot fail to be read", e);
        }
        Matcher key = KEY.matcher(logical);
        String written = key.lookingAt() ? logical.substring(key.end()) : "";
        one.forEach((name, value) -> entries.add(new Entry((String) name, (String) value, written, line)));
    }

    /** The last value of each key, which is the one that holds. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        entries.forEach(entry -> values.put(entry.key(), entry.value()));
        return values;
    }

    /** Where the key is, its last occurrence; nowhere when it is not in the file. */
    SettingOrigin place(String key) {
        SettingOrigin settingOrigin = SettingOrigin.NOWHERE;
        for (Entry entry : entries) {
            if (entry.key().equals(key)) {
                settingOrigin = SettingOrigin.line(name, entry.line());
            }
        }
        return settingOrigin;
    }
}
