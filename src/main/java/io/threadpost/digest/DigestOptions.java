package io.threadpost.digest;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import jakarta.mail.internet.InternetAddress;

import io.threadpost.settings.MailAddresses;

/**
 * The options of a digest, as written in the route: each as plain text, empty when it is not set.
 *
 * @param name the digest's name, for people
 * @param from the sender, one address
 * @param to the recipients
 * @param subject the beginning of its subject
 * @param language such as {@code de}
 * @param zone such as {@code Europe/Prague}
 * @param template the base name of its templates
 * @param names of connections, for people, such as {@code main=Hotel Praha, brno=Hotel Brno}
 * @param link to a thread, with {@code {Id}} and {@code {Connection}}
 * @param open whether resolved threads are left out
 * @param history whether every version of a thread is listed, not only the newest
 */
record DigestOptions(
        String name,
        String from,
        String to,
        String subject,
        String language,
        String zone,
        String template,
        String names,
        String link,
        String open,
        String history) {
    private static final String TEMPLATE = "[A-Za-z0-9][A-Za-z0-9_-]*";

    /** @throws IllegalArgumentException when it is not one address, in one line for people */
    InternetAddress sender() {
        List<InternetAddress> senders = addresses("from", from);
        if (senders.size() != 1) {
            throw wrong("from", "`" + from + "` has " + senders.size() + " addresses; write one");
        }
        return senders.get(0);
    }

    /** @throws IllegalArgumentException when they are no addresses, in one line for people */
    List<InternetAddress> recipients() {
        return addresses("to", to);
    }

    /** @throws IllegalArgumentException when there are no texts for it, in one line for people */
    MailTexts texts() {
        try {
            return MailTexts.of(language.isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(language));
        } catch (IllegalArgumentException e) {
            throw wrong("language", e.getMessage());
        }
    }

    /** @throws IllegalArgumentException when there is no such zone, in one line for people */
    ZoneId zoneId() {
        try {
            return ZoneId.of(zone.isEmpty() ? "UTC" : zone);
        } catch (DateTimeException e) {
            throw wrong("zone", "there is no zone `" + zone + "`; write one like Europe/Prague");
        }
    }

    boolean openOnly() {
        return flag("open", open);
    }

    boolean everyVersion() {
        return flag("history", history);
    }

    private boolean flag(String option, String text) {
        if (!text.matches("(?i)(true|false)?")) {
            throw wrong(option, "`" + text + "` is neither true nor false");
        }
        return text.equalsIgnoreCase("true");
    }

    /** @return the display name of each connection that has one */
    Map<String, String> connectionNames() {
        Map<String, String> called = new HashMap<>();
        for (String pair : names.isBlank() ? new String[0] : names.split(",")) {
            int equals = pair.indexOf('=');
            if (equals < 1) {
                throw wrong("names", "`" + pair.strip() + "` names nothing; write it like main=Hotel Praha");
            }
            called.put(
                    pair.substring(0, equals).strip(),
                    pair.substring(equals + 1).strip());
        }
        return called;
    }

    /** @return the link to a thread; empty when there is none */
    String linkTo(String connection, String id) {
        if (!link.isEmpty() && !link.matches("https?://[^\\s\"<>]+")) {
            throw wrong("link", "`" + link + "` is not a URL; write it like https://app.example/threads/{Id}");
        }
        return link.replace("{Id}", encoded(id)).replace("{Connection}", encoded(connection == null ? "" : connection));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** @throws IllegalArgumentException when it could leave the templates' folder, in one line for people */
    String templateName() {
        if (template.isEmpty()) {
            return "digest";
        }
        if (!template.matches(TEMPLATE)) {
            throw wrong("template", "`" + template + "` is not a template name; use letters, digits, - and _");
        }
        return template;
    }

    private List<InternetAddress> addresses(String option, String text) {
        if (text.isEmpty()) {
            throw wrong(option, "is empty; write an address");
        }
        try {
            return MailAddresses.of(text);
        } catch (IllegalArgumentException e) {
            throw wrong(option, e.getMessage());
        }
    }

    private IllegalArgumentException wrong(String option, String what) {
        return new IllegalArgumentException("digest:" + name + ": " + option + ": " + what);
    }
}
