package io.threadpost.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ways in which a secret shows up in what is logged: as it is, in JSON, in a URL, in a frame of AMQP, in Base64. */
record SecretForms(String secret) {
    private static final Pattern ESCAPE = Pattern.compile("%[0-9A-F]{2}");

    /** Every form, none of them empty. */
    Set<String> all() {
        Set<String> forms = new LinkedHashSet<>();
        forms.add(secret);
        for (boolean ascii : new boolean[] {false, true}) {
            for (boolean slash : new boolean[] {false, true}) {
                String once = json(secret, ascii, slash);
                forms.add(once);
                // A request body that was itself logged as a JSON string.
                forms.add(json(once, ascii, slash));
            }
        }
        String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        for (String form : List.of(url, url.replace("+", "%20"), partly(url))) {
            forms.add(form);
            forms.add(lowerCaseHex(form));
        }
        forms.add(frame());
        base64(forms);
        return forms;
    }

    /** As an AMQP client shows the bytes of a frame. */
    private String frame() {
        StringBuilder frame = new StringBuilder();
        for (byte b : secret.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= ' ' && b <= '~' && b != '\\';
            frame.append(plain ? String.valueOf((char) b) : String.format(Locale.ROOT, "\\x%02x", b));
        }
        return frame.toString();
    }

    private static String json(String text, boolean ascii, boolean slash) {
        StringBuilder json = new StringBuilder();
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\' || slash && c == '/') {
                json.append('\\').append(c);
            } else if (c == '\t') {
                json.append("\\t");
            } else if (c < ' ' || ascii && c > '~') {
                json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.toString();
    }

    /** As URI builders do it, which leave alone what is legal in a query. */
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

    /** Base64 of any text that holds the secret, such as a basic login: the part that depends on the secret alone. */
    private void base64(Set<String> forms) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            int from = before == 0 ? 0 : before + 1;
            int to = shifted.length * 8 / 6;
            if (bytes.length >= Redactor.SHORT) {
                both(forms, encoded.substring(from, to));
            }
            if (before == 0) {
                both(forms, encoded);
                both(forms, Base64.getEncoder().encodeToString(bytes));
            }
        }
    }

    private static void both(Set<String> forms, String encoded) {
        forms.add(encoded);
        forms.add(encoded.replace('+', '-').replace('/', '_'));
    }
}
