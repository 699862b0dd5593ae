package io.threadpost.person;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What a person's texts look like in bytes, in every encoding that a mail, a file or a database may have them in. */
final class Needles {
    private final Map<String, String> needles = new LinkedHashMap<>();

    Needles(String... texts) {
        for (String text : texts) {
            add(text);
        }
    }

    private void add(String text) {
        for (String name : List.of("UTF-8", "ISO-8859-2", "windows-1250", "UTF-16LE", "UTF-16BE")) {
            byte[] bytes = text.getBytes(Charset.forName(name));
            needles.put(text + " in " + name, latin(bytes));
            // Base64 of a text depends on where it begins; in three places something of it is always the same.
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + bytes.length];
                System.arraycopy(bytes, 0, shifted, before, bytes.length);
                String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
                needles.put(
                        text + " in Base64 of " + name + " at " + before,
                        encoded.substring(before == 0 ? 0 : before + 1, encoded.length() - 2));
            }
            needles.put(text + " quoted-printable in " + name, quoted(bytes));
        }
        needles.put(text + " in JSON", json(text));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String quoted(byte[] bytes) {
        StringBuilder quoted = new StringBuilder();
        for (byte b : bytes) {
            quoted.append(
                    b > 0x20 && b < 0x7f && b != '=' || b == ' '
                            ? String.valueOf((char) b)
                            : String.format("=%02X", b));
        }
        return quoted.toString();
    }

    private static String json(String text) {
        StringBuilder json = new StringBuilder();
        text.chars().forEach(c -> json.append(c < 0x80 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return json.toString();
    }

    /** @return what is found, and where */
    List<String> in(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !Files.isSymbolicLink(file))
                    .toList()) {
                found.addAll(in(file.getFileName().toString(), Files.readAllBytes(file)));
            }
        }
        return found;
    }

    List<String> in(String where, byte[] bytes) {
        // Line breaks of Base64 and quoted-printable are no obstacle, nor is the case of an address.
        String text = latin(bytes);
        String joined = text.replaceAll("=?\\r?\\n", "");
        String lower = joined.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        needles.forEach((name, needle) -> {
            if (text.contains(needle)
                    || joined.contains(needle)
                    || name.contains("@")
                            && !name.contains("Base64")
                            && lower.contains(needle.toLowerCase(Locale.ROOT))) {
                found.add(where + ": " + name);
            }
        });
        return found;
    }
}
