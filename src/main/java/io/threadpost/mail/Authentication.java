package io.threadpost.mail;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one mail host says of a mail's sender, in its {@code Authentication-Results} (RFC 8601). Only the host that is pinned is believed, and of
 * each method only the topmost result: what a sender wrote there stands further down.
 */
final class Authentication {
    private static final String HEADER = "authentication-results";

    private final Map<String, Result> results = new LinkedHashMap<>();
    private final String sender;

    /** A method's result. @param domain that it holds for; empty when it does not say */
    private record Result(String value, String domain) {}

    /** @param authserv the host's id, as it stands before the first semicolon; empty for nobody */
    Authentication(InboundMail mail, String authserv) {
        this.sender = domain(mail.from().get(0).canonical());
        if (!authserv.isEmpty()) {
            mail.headers()
                    .getOrDefault(HEADER, "")
                    .lines()
                    .map(Authentication::withoutComments)
                    .filter(line -> line.split("[;\\s]", 2)[0].equalsIgnoreCase(authserv))
                    .forEach(this::add);
        }
    }

    /** @return such as {@code spf=pass dkim=pass dmarc=pass}; empty when the host says nothing */
    String text() {
        return results.entrySet().stream()
                .map(result -> result.getKey() + "=" + result.getValue().value())
                .collect(Collectors.joining(" "));
    }

    /** @return whether the sender's domain is vouched for: by DMARC, or where that says nothing by a domain that fits */
    boolean passed() {
        String dmarc = results.getOrDefault("dmarc", new Result("none", "")).value();
        if (dmarc.equals("pass") || dmarc.equals("bestguesspass")) {
            return true;
        }
        return dmarc.equals("none") && (aligned(results.get("dkim")) || aligned(results.get("spf")));
    }

    private boolean aligned(Result result) {
        return result != null
                && result.value().equals("pass")
                && result.domain().contains(".")
                && !sender.isEmpty()
                && (within(sender, result.domain()) || within(result.domain(), sender));
    }

    private static boolean within(String domain, String parent) {
        return domain.equals(parent) || domain.endsWith("." + parent);
    }

    private void add(String line) {
        String[] parts = line.split(";");
        for (int i = 1; i < parts.length; i++) {
            String[] words = parts[i].strip().split("\\s+");
            String[] method = words[0].split("=", 2);
            if (method.length == 2) {
                results.putIfAbsent(
                        method[0].toLowerCase(Locale.ROOT).replaceFirst("/.*", ""),
                        new Result(method[1].toLowerCase(Locale.ROOT), domain(words)));
            }
        }
    }

    private static String domain(String[] words) {
        for (String word : words) {
            if (word.matches("(?i)(header\\.d|header\\.i|smtp\\.mailfrom|smtp\\.from|smtp\\.helo)=.+")) {
                String value = word.substring(word.indexOf('=') + 1).replaceAll("[\"<>]", "");
                return value.contains("@") ? domain(value) : value.toLowerCase(Locale.ROOT);
            }
        }
        return "";
    }

    private static String domain(String address) {
        return address.contains("@")
                ? address.substring(address.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT)
                : "";
    }

    private static String withoutComments(String line) {
        String before = "";
        String text = line;
        while (!text.equals(before)) {
            before = text;
            text = text.replaceAll("\\([^()]*\\)", " ");
        }
        return text.strip();
    }
}
