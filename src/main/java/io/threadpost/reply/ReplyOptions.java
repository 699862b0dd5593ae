package io.threadpost.reply;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;

import io.threadpost.digest.MailTexts;
import io.threadpost.settings.MailAddresses;

/**
 * The options of {@code reply:mail}, as written in the route: each as plain text, empty when it is not set.
 *
 * @param from the sender, one address
 * @param replyTo the address that guests answer to, with {@code {token}}
 * @param name the hotel's name
 * @param signature what follows the hotel's words; {@code \n} begins another line
 * @param language of guests whose own is not known
 * @param template the base name of the templates
 * @param rate the most mails to one address in an hour
 * @param authenticated whether only guests whose mails are authenticated get replies
 */
record ReplyOptions(
        String from,
        String replyTo,
        String name,
        String signature,
        String language,
        String template,
        int rate,
        boolean authenticated) {
    private static final String TEMPLATE = "reply[A-Za-z0-9_-]*";
    private static final String TOKEN = "{token}";

    /** @throws IllegalArgumentException when it is not one address, in one line for people */
    InternetAddress sender() {
        if (from.isEmpty()) {
            throw wrong("from", "is empty; write an address");
        }
        List<InternetAddress> senders;
        try {
            senders = MailAddresses.of(from);
        } catch (IllegalArgumentException e) {
            throw wrong("from", e.getMessage());
        }
        if (senders.size() != 1) {
            throw wrong("from", "`" + from + "` has " + senders.size() + " addresses; write one");
        }
        return senders.get(0);
    }

    /**
     * @return the address that a guest of a conversation answers to; the sender's without one in the options
     * @throws IllegalArgumentException when it is not an address with a token, in one line for people
     */
    InternetAddress answerAddress(String token) {
        InternetAddress sender = sender();
        if (replyTo.isEmpty()) {
            return sender;
        }
        if (!replyTo.contains(TOKEN)) {
            throw wrong("replyTo", "`" + replyTo + "` has no {token}; write one like hotel+{token}@hotel.example");
        }
        try {
            InternetAddress address =
                    MailAddresses.of(replyTo.replace(TOKEN, token)).get(0);
            if (address.getPersonal() == null) {
                address.setPersonal(sender.getPersonal(), StandardCharsets.UTF_8.name());
            }
            return address;
        } catch (IllegalArgumentException e) {
            throw wrong("replyTo", e.getMessage());
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return whether a reply to that address would come back to this hotel */
    boolean isOwn(String address) {
        String own = untagged(address);
        return own.equals(untagged(sender().getAddress()))
                || own.equals(untagged(answerAddress("token").getAddress()));
    }

    private static String untagged(String address) {
        return address.toLowerCase(Locale.ROOT).replaceFirst("\\+[^@]*@", "@");
    }

    /** @throws IllegalArgumentException when there are no texts for it, in one line for people */
    MailTexts texts(String guestLanguage) {
        try {
            return MailTexts.of(Locale.forLanguageTag(guestLanguage));
        } catch (IllegalArgumentException unknown) {
            try {
                return MailTexts.of(language.isEmpty() ? Locale.ENGLISH : Locale.forLanguageTag(language));
            } catch (IllegalArgumentException e) {
                throw wrong("language", e.getMessage());
            }
        }
    }

    /** @return the lines that follow the hotel's words */
    List<String> signatureLines() {
        if (!signature.isEmpty()) {
            return signature.replace("\\n", "\n").lines().toList();
        }
        return List.of(hotel());
    }

    /** @return the hotel's name; the sender's address without one */
    String hotel() {
        InternetAddress sender = sender();
        return !name.isEmpty() ? name : sender.getPersonal() != null ? sender.getPersonal() : sender.getAddress();
    }

    /** @throws IllegalArgumentException when it could leave the folder or be a digest's, in one line for people */
    String templateName() {
        if (template.isEmpty()) {
            return "reply";
        }
        if (!template.matches(TEMPLATE)) {
            throw wrong(
                    "template",
                    "`" + template + "` is not a template name; begin with reply, and use letters, digits, - and _");
        }
        return template;
    }

    /**
     * @param address as the ledger has it
     * @return null when no mail can be sent to it
     */
    static InternetAddress recipient(String address, String name) {
        try {
            InternetAddress recipient = new InternetAddress(address, true);
            recipient.validate();
            boolean plain = address.chars().allMatch(c -> c > ' ' && c < 0x7f) && address.contains("@");
            if (!plain || recipient.isGroup() || !address.equals(recipient.getAddress())) {
                return null;
            }
            recipient.setPersonal(name == null || name.isBlank() ? null : name, StandardCharsets.UTF_8.name());
            return recipient;
        } catch (AddressException e) {
            return null;
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static IllegalArgumentException wrong(String option, String what) {
        return new IllegalArgumentException("reply:mail: " + option + ": " + what);
    }
}
