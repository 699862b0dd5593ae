package io.threadpost.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Mailing lists that are the hotel's own: a role address such as {@code reservations@} that is a group of Google or
 * Microsoft, or a list of Mailman. What comes by them is written by people. Where the list puts itself into the place
 * of the sender, it names the writer elsewhere.
 *
 * @param entries List-Ids, addresses and domains, in small letters
 */
record OwnLists(List<String> entries) {
    private static final Pattern ID = Pattern.compile("<([^<>]*)>");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>:;,\"]{1,200}+@[^\\s<>:;,\"@?]{1,200}");
    private static final Pattern VIA = Pattern.compile("(?iu)\\s(?:via|über|par|por|tramite|přes|przez)\\s.*$");

    /** What names the list's address. */
    private static final List<String> ADDRESSES =
            List.of("list-post", "mailing-list", "x-mailing-list", "x-beenthere", "delivered-to");

    /** What names the writer, the surest first. */
    private static final List<String> WRITERS =
            List.of("x-original-from", "x-original-sender", "reply-to", "x-mailfrom", "x-google-original-from");

    /** @param text separated by commas; empty for none */
    static OwnLists of(String text) {
        return new OwnLists(Arrays.stream(text.split("[,;\\s]+"))
                .map(entry -> entry.replaceAll("^[<@]|>$", "").toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    /** @return whether it came by one of them, and by no other one */
    boolean ours(InboundMail mail) {
        if (entries.isEmpty()) {
            return false;
        }
        List<String> ids = lines(mail, "list-id").map(OwnLists::id).toList();
        return ids.isEmpty()
                ? lines(mail, ADDRESSES.subList(0, 4))
                        .flatMap(OwnLists::addresses)
                        .anyMatch(this::fits)
                : ids.stream().allMatch(this::fits);
    }

    /** @return the mail with its writer as its sender, if the list stands in that place; else the same */
    InboundMail written(InboundMail mail) {
        Address from = mail.from().get(0);
        if (!ours(mail) || !inPlace(mail, from.canonical())) {
            return mail;
        }
        return WRITERS.stream()
                .flatMap(name -> name.equals("reply-to")
                        ? mail.replyTo().stream()
                        : lines(mail, name).flatMap(line -> AddressParser.of(line).stream()))
                .filter(writer -> !writer.plain().isEmpty() && !list(mail, writer.canonical()))
                .findFirst()
                .map(writer -> mail.writtenBy(
                        Address.of(writer.name().isEmpty() ? withoutVia(from.name()) : writer.name(), writer.plain())))
                .orElse(mail);
    }

    private static String withoutVia(String name) {
        String plain = VIA.matcher(name).replaceFirst("").strip();
        return plain.equals(name) ? "" : plain;
    }

    /** Whether the list wrote its own address into From. */
    private boolean inPlace(InboundMail mail, String from) {
        return list(mail, from)
                || fits(from.substring(from.lastIndexOf('@') + 1))
                        && VIA.matcher(mail.from().get(0).name()).find();
    }

    private static boolean list(InboundMail mail, String address) {
        return lines(mail, "list-id").map(OwnLists::id).anyMatch(id -> id.equals(address.replace('@', '.')))
                || lines(mail, ADDRESSES).flatMap(OwnLists::addresses).anyMatch(address::equals);
    }

    private boolean fits(String name) {
        return entries.stream()
                .anyMatch(entry -> name.equals(entry)
                        || name.endsWith("." + entry)
                        || name.endsWith("@" + entry)
                        || name.equals(entry.replace('@', '.')));
    }

    private static String id(String line) {
        Matcher id = ID.matcher(line);
        return (id.find() ? id.group(1) : line).strip().toLowerCase(Locale.ROOT);
    }

    private static Stream<String> addresses(String line) {
        return ADDRESS.matcher(line).results().map(found -> Address.canonical(found.group()));
    }

    private static Stream<String> lines(InboundMail mail, String name) {
        return Optional.ofNullable(mail.headers().get(name)).stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank());
    }

    private static Stream<String> lines(InboundMail mail, List<String> names) {
        return names.stream().flatMap(name -> lines(mail, name));
    }
}
