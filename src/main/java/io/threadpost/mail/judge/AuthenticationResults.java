package io.threadpost.mail.judge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Parses a field {@code Authentication-Results} (RFC 8601): strict enough to resist forgery, lenient enough for real
 * hosts, which may omit their id.
 *
 * @param authserv the host's id, in lower case; empty without one
 * @param results of its methods, in order
 */
record AuthenticationResults(String authserv, List<Result> results) {
    /** The value of a property with several ones: of no domain. */
    private static final String AMBIGUOUS = "?";

    /**
     * The result of a method.
     *
     * @param method such as {@code dkim}
     * @param value such as {@code pass}
     * @param properties such as {@code header.d}, with their values
     */
    record Result(String method, String value, Map<String, String> properties) {}

    /** @return empty when it is malformed: quotes or comments without an end */
    static Optional<AuthenticationResults> of(String field) {
        try {
            return Optional.of(new Reader(field).read());
        } catch (MalformedException e) {
            return Optional.empty();
        }
    }

    /** @return the host's id alone, which may be legible in a malformed field; empty without one */
    static String authserv(String field) {
        try {
            return new Reader(field).authserv();
        } catch (MalformedException e) {
            return "";
        }
    }

    private static final class MalformedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MalformedException() {
            super("no end", null, false, false);
        }
    }

    private static final class Reader {
        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        /** Reads up to the version; without an id, up to the first result, which the field begins with. */
        String authserv() {
            skip();
            int begin = at;
            String authserv = word("=;/").toLowerCase(Locale.ROOT);
            skip();
            if (next('=')) {
                at = begin;
                return "";
            }
            return authserv;
        }

        AuthenticationResults read() {
            String authserv = authserv();
            if (!authserv.isEmpty()) {
                // The version.
                while (at < text.length() && text.charAt(at) != ';') {
                    step();
                }
                at++;
            }
            List<Result> results = new ArrayList<>();
            while (at < text.length()) {
                result().ifPresent(results::add);
            }
            return new AuthenticationResults(authserv, List.copyOf(results));
        }

        private Optional<Result> result() {
            skip();
            String method = word("=;/").toLowerCase(Locale.ROOT);
            skip();
            if (next('/')) {
                at++;
                skip();
                word("=;");
                skip();
            }
            Optional<String> value = value();
            Map<String, String> properties = new HashMap<>();
            for (skip(); at < text.length() && text.charAt(at) != ';'; skip()) {
                String name = word("=;");
                skip();
                if (next('.') || name.endsWith(".")) {
                    name += word("=;");
                    skip();
                    name += name.endsWith(".") ? word("=;") : "";
                }
                String property = name.toLowerCase(Locale.ROOT);
                value().ifPresent(text -> properties.merge(property, text, Reader::same));
                if (name.isEmpty() && at < text.length() && text.charAt(at) != ';') {
                    step();
                }
            }
            at++;
            return value.filter(text -> !method.isEmpty())
                    .map(text -> new Result(method, text.toLowerCase(Locale.ROOT), Map.copyOf(properties)));
        }

        /** @return the value after an equals sign; empty when none follows */
        private Optional<String> value() {
            skip();
            if (!next('=')) {
                return Optional.empty();
            }
            at++;
            skip();
            return Optional.of(word(";"));
        }

        /** A property that is there twice says nothing, unless it says the same. */
        private static String same(String value, String other) {
            return value.equalsIgnoreCase(other) ? value : AMBIGUOUS;
        }

        private boolean next(char c) {
            return at < text.length() && text.charAt(at) == c;
        }

        /** Skips blanks and comments. */
        private void skip() {
            while (at < text.length() && (text.charAt(at) <= ' ' || text.charAt(at) == '(')) {
                if (text.charAt(at) == '(') {
                    comment();
                } else {
                    at++;
                }
            }
        }

        private void comment() {
            int depth = 0;
            do {
                if (at >= text.length()) {
                    throw new MalformedException();
                }
                char c = text.charAt(at++);
                if (c == '\\') {
                    at++;
                }
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            } while (depth > 0);
        }

        /** Skips one token, whatever it is. */
        private void step() {
            int before = at;
            skip();
            word(";");
            at += at == before ? 1 : 0;
        }

        /** @return the text up to a blank, a comment or one of those characters, with quoted text unquoted */
        private String word(String ends) {
            StringBuilder word = new StringBuilder();
            while (at < text.length()) {
                char c = text.charAt(at);
                if (c == '"') {
                    quotes(word);
                } else if (c <= ' ' || c == '(' || ends.indexOf(c) >= 0) {
                    break;
                } else {
                    word.append(c);
                    at++;
                }
            }
            return word.toString();
        }

        private void quotes(StringBuilder word) {
            for (at++; at < text.length(); at++) {
                char c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return;
                }
                if (c == '\\') {
                    at++;
                }
                word.append(at < text.length() ? String.valueOf(text.charAt(at)) : "");
            }
            throw new MalformedException();
        }
    }
}
