package io.threadpost.secrets;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The forms in which a secret is logged: as it is, in JSON, HTML or a URL, as bytes in a frame of AMQP, in the HTTP
 * client's wire log or in hexadecimal, and in Base64.
 */
record SecretForms(String secret) {
    private static final Pattern ESCAPE = Pattern.compile("%(25)*[0-9A-F]{2}");
    private static final String MARKUP = "&<>\"'`=/";
    private static final Map<Integer, String> ENTITIES =
            Map.of((int) '&', "&amp;", (int) '<', "&lt;", (int) '>', "&gt;", (int) '"', "&quot;", (int) '\'', "&apos;");

    /** Every form, none of them empty. */
    Set<String> all() {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        json(forms);
        html(forms);
        url(forms, secret);
        bytes(forms, StandardCharsets.UTF_8);
        if (!ascii() && StandardCharsets.ISO_8859_1.newEncoder().canEncode(secret)) {
            bytes(forms, StandardCharsets.ISO_8859_1);
        }
        // UTF-8 that was decoded as ISO 8859-1.
        forms.add(new String(secret.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        return forms;
    }

    private boolean ascii() {
        return secret.chars().allMatch(c -> c < 0x80);
    }

    private void json(Set<String> forms) {
        for (String escape : List.of("\\u%04x", "\\u%04X")) {
            for (String also : List.of("", "/", "<>&='", "<>&")) {
                for (boolean ascii : new boolean[] {false, true}) {
                    String once = json(secret, escape, ascii, also);
                    forms.add(once);
                    // A request body that was itself logged as a JSON string.
                    forms.add(json(once, escape, ascii, also));
                }
            }
        }
    }

    private static String json(String text, String escape, boolean ascii, String also) {
        StringBuilder json = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || c == '/' && also.equals("/")) {
                json.append('\\').append(c);
            } else if (c == '\t') {
                json.append("\\t");
            } else if (c < ' ' || ascii && c > '~' || c != '/' && also.indexOf(c) >= 0) {
                json.append(String.format(Locale.ROOT, escape, (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    private void html(Set<String> forms) {
        List<IntFunction<String>> references = List.of(
                c -> "&#" + c + ";",
                c -> String.format(Locale.ROOT, "&#x%x;", c),
                c -> String.format(Locale.ROOT, "&#x%X;", c),
                c -> String.format(Locale.ROOT, "&#%03d;", c));
        for (IntFunction<String> reference : references) {
            for (String marked : List.of("&<>\"", "&<>\"'", "&<>", MARKUP)) {
                for (boolean ascii : new boolean[] {false, true}) {
                    for (String named : List.of("", "&<>", "&<>\"", "&<>\"'")) {
                        forms.add(html(marked, ascii, reference, named));
                    }
                }
            }
            // Whatever is not a letter or digit.
            forms.add(secret.codePoints()
                    .mapToObj(
                            c -> c < 0x80 && Character.isLetterOrDigit(c) ? Character.toString(c) : reference.apply(c))
                    .collect(Collectors.joining()));
        }
    }

    /** @param named what is written by name, not by number */
    private String html(String marked, boolean ascii, IntFunction<String> reference, String named) {
        StringBuilder html = new StringBuilder();
        secret.codePoints().forEach(c -> {
            boolean mark = marked.indexOf(c) >= 0;
            String name = named.indexOf(c) >= 0 ? ENTITIES.get(c) : null;
            if (mark && name != null) {
                html.append(name);
            } else if (mark || ascii && c > '~') {
                html.append(reference.apply(c));
            } else {
                html.appendCodePoint(c);
            }
        });
        return html.toString();
    }

    /** Once, and twice. */
    private static void url(Set<String> forms, String text) {
        String url = URLEncoder.encode(text, StandardCharsets.UTF_8);
        for (String once : List.of(url, url.replace("+", "%20"), partly(url))) {
            for (String form :
                    List.of(once, once.replace("%", "%25"), URLEncoder.encode(once, StandardCharsets.UTF_8))) {
                forms.add(form);
                forms.add(lowerCaseHex(form));
            }
        }
    }

    /** As URI builders do, which keep what is legal in a query. */
    private static String partly(String url) {
        String partly = url.replace("+", "%20");
        for (String legal : "! $ & ' ( ) * + , ; = : @ / ? ~".split(" ")) {
            partly = partly.replace(String.format(Locale.ROOT, "%%%02X", (int) legal.charAt(0)), legal);
        }
        return partly;
    }

    private static String lowerCaseHex(String url) {
        return ESCAPE.matcher(url)
                .replaceAll(match -> Matcher.quoteReplacement(match.group().toLowerCase(Locale.ROOT)));
    }

    private void bytes(Set<String> forms, Charset charset) {
        byte[] bytes = secret.getBytes(charset);
        // An AMQP client, quoted-printable, the HTTP client's wire log.
        for (String escape : List.of("\\x%02x", "\\x%02X", "=%02X", "[0x%x]", "%%%02X")) {
            forms.add(escaped(bytes, escape));
        }
        for (String between : List.of("", " ", ":", ", ")) {
            HexFormat hex = HexFormat.ofDelimiter(between);
            forms.add(hex.formatHex(bytes));
            forms.add(hex.withUpperCase().formatHex(bytes));
        }
        base64(forms, bytes);
    }

    private static String escaped(byte[] bytes, String escape) {
        StringBuilder frame = new StringBuilder();
        for (byte b : bytes) {
            boolean plain = b >= ' ' && b <= '~' && b != '\\' && (b != '=' || !escape.startsWith("="));
            boolean kept = plain || b == '\\' && escape.startsWith("[");
            frame.append(kept ? String.valueOf((char) b) : String.format(Locale.ROOT, escape, b & 0xff));
        }
        return frame.toString();
    }

    /** Base64 of any text that holds the secret, such as a basic login: the part that depends on the secret alone. */
    private static void base64(Set<String> forms, byte[] bytes) {
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = before == 0 ? 0 : before + 1;
            int to = shifted.length * 8 / 6;
            if (bytes.length >= Redactor.SHORT) {
                everyAlphabet(forms, encoded.substring(from, to));
            }
            if (before == 0) {
                everyAlphabet(forms, encoded);
                everyAlphabet(forms, Base64.getEncoder().encodeToString(bytes));
            }
        }
    }

    private static void everyAlphabet(Set<String> forms, String encoded) {
        forms.add(encoded);
        forms.add(encoded.replace('+', '-').replace('/', '_'));
        forms.add(URLEncoder.encode(encoded, StandardCharsets.UTF_8));
    }
}
