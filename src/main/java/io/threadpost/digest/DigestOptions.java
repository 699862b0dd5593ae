package io.threadpost.digest;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;

import jakarta.mail.internet.InternetAddress;

import io.threadpost.settings.MailAddresses;

/**
 * What one digest is like, as it is written in a route: each text as it stands there, empty when it does not.
 *
 * @param name the digest's own, for people
 * @param from where it comes from, one address
 * @param to where it goes to
 * @param subject what its subject begins with
 * @param language such as {@code de}
 * @param zone such as {@code Europe/Prague}
 * @param template its templates are named by it
 */
record DigestOptions(
        String name, String from, String to, String subject, String language, String zone, String template) {
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
    Texts texts() {
        try {
            return Texts.of(language.isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(language));
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

    /** @throws IllegalArgumentException when it could lead out of its folder, in one line for people */
    String templateName() {
        if (template.isEmpty()) {
            return "digest";
        }
        if (!template.matches(TEMPLATE)) {
            throw wrong("template", "`" + template + "` is no name of a template; use letters, digits, - and _");
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
