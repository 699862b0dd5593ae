package io.threadpost.mail.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.threadpost.mail.mime.Address;
import io.threadpost.mail.mime.AddressParser;
import io.threadpost.mail.mime.HeaderComments;
import io.threadpost.mail.mime.MimeMail;

/**
 * Detects mail to many, which includes that of booking portals. The hotel's own lists are exempt: a role address such
 * as {@code reservations@} that is a Google or Microsoft group, or a Mailman list, distributes what people write. Where
 * such a list replaces the sender, its mail names the author elsewhere.
 *
 * @param own List-Ids, addresses and domains of the hotel's lists, in lower case
 */
record MailingLists(List<String> own) {
    private static final List<String> LISTS =
            List.of("list-id", "list-post", "mailing-list", "x-mailing-list", "x-mailman-version", "x-list");
    private static final List<String> BULK =
            List.of("list-unsubscribe", "list-help", "list-subscribe", "feedback-id", "x-campaign", "x-campaignid");
    /** Discussion lists do not add these. */
    private static final List<String> CAMPAIGN = List.of("feedback-id", "x-campaign", "x-campaignid");

    private static final Set<String> PRECEDENCES = Set.of("bulk", "junk");
    private static final Pattern ID = Pattern.compile("<([^<>]*)>");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>:;,\"]{1,200}+@[^\\s<>:;,\"@?]{1,200}");
    private static final Pattern VIA = Pattern.compile("(?iu)\\s(?:via|über|par|por|tramite|přes|przez)\\s.*$");
    private static final Pattern LIST_SENDER =
            Pattern.compile("(?:owner-.*|.*-(?:owner|bounces?|request|errors|admin)(?:[+=].*)?|list-?serv|majordomo)");
    /** The fields with the list's address. */
    private static final List<String> ADDRESSES =
            List.of("list-post", "mailing-list", "x-mailing-list", "x-beenthere", "delivered-to");
    /** The fields with the author, the most reliable first. */
    private static final List<String> AUTHORS =
            List.of("x-original-from", "x-original-sender", "reply-to", "x-mailfrom", "x-google-original-from");

    /** @param own separated by commas; empty for none */
    static MailingLists of(String own) {
        return new MailingLists(Arrays.stream(own.split("[,;\\s]+"))
                .map(entry -> entry.replaceAll("^[<@]|>$", "").toLowerCase(Locale.ROOT))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    List<Optional<MailFinding>> findings(MimeMail mail) {
        if (ours(mail)) {
            return List.of(first(mail, CAMPAIGN).map(MailingLists::bulk));
        }
        String precedence = HeaderComments.removed(mail.header("precedence")).toLowerCase(Locale.ROOT);
        Optional<MailFinding> list = precedence.equals("list")
                ? Optional.of(list("Precedence: list"))
                : first(mail, LISTS).map(MailingLists::list);
        Optional<MailFinding> bulk = PRECEDENCES.contains(precedence)
                ? Optional.of(bulk("Precedence: " + precedence))
                : first(mail, BULK).map(MailingLists::bulk);
        return List.of(list, bulk, rewritten(mail));
    }

    /** A list that writes itself into From, or sends for somebody, without a List-Id: a reply would go to all. */
    private static Optional<MailFinding> rewritten(MimeMail mail) {
        Address from = mail.from().get(0);
        String sender = AddressParser.parse(mail.header("sender")).stream()
                .map(Address::canonical)
                .filter(address -> !address.isEmpty() && !address.equals(from.canonical()))
                .findFirst()
                .orElse("");
        boolean distributes =
                LIST_SENDER.matcher(sender.replaceFirst("@.*", "")).matches() || mail.has("x-beenthere");
        boolean via = VIA.matcher(from.name()).find()
                && (!sender.isEmpty()
                        || PRECEDENCES.contains(mail.header("precedence").toLowerCase(Locale.ROOT)));
        return distributes || via
                ? Optional.of(MailFinding.unanswerable(
                        "list-sender",
                        "a list seems to have sent it: From: " + from.text()
                                + (sender.isEmpty() ? "" : ", Sender: " + sender)))
                : Optional.empty();
    }

    private static MailFinding list(String field) {
        return MailFinding.automatic("list", "it was sent to a mailing list: " + field);
    }

    private static MailFinding bulk(String field) {
        return MailFinding.automatic("bulk", "it is bulk mail: " + field);
    }

    private static Optional<String> first(MimeMail mail, List<String> names) {
        return names.stream().filter(mail::has).findFirst().map(name -> name + ": " + mail.header(name));
    }

    /** @return whether it came by the hotel's own lists only */
    boolean ours(MimeMail mail) {
        if (own.isEmpty()) {
            return false;
        }
        List<String> ids = lines(mail, "list-id").map(MailingLists::id).toList();
        return ids.isEmpty()
                ? lines(mail, ADDRESSES.subList(0, 4))
                        .flatMap(MailingLists::addresses)
                        .anyMatch(this::own)
                : ids.stream().allMatch(this::own);
    }

    /**
     * @return the mail with its author as the sender, if one of the hotel's own lists replaced the sender; otherwise
     *     the same
     */
    MimeMail withAuthor(MimeMail mail) {
        Address from = mail.from().get(0);
        if (!ours(mail) || !replaced(mail, from.canonical())) {
            return mail;
        }
        String plain = withoutVia(from.name());
        Stream<Address> named = AUTHORS.stream()
                .flatMap(name -> name.equals("reply-to")
                        ? mail.replyTo().stream()
                        : lines(mail, name).flatMap(line -> AddressParser.parse(line).stream()));
        // Mailman moves the author there when answers are to go to the list.
        Stream<Address> copied = mail.cc().stream().filter(address -> !plain.isEmpty() && plain.equals(address.name()));
        return Stream.concat(named, copied)
                .filter(author -> !author.plain().isEmpty() && !list(mail, author.canonical()))
                .findFirst()
                .map(author ->
                        mail.withSender(Address.of(author.name().isEmpty() ? plain : author.name(), author.plain())))
                .orElse(mail);
    }

    private static String withoutVia(String name) {
        String plain = VIA.matcher(name).replaceFirst("").strip();
        return plain.equals(name) ? "" : plain;
    }

    /** @return whether the list wrote its own address into From */
    private boolean replaced(MimeMail mail, String from) {
        return list(mail, from)
                || own(from.substring(from.lastIndexOf('@') + 1))
                        && VIA.matcher(mail.from().get(0).name()).find();
    }

    private static boolean list(MimeMail mail, String address) {
        return lines(mail, "list-id").map(MailingLists::id).anyMatch(id -> id.equals(address.replace('@', '.')))
                || lines(mail, ADDRESSES).flatMap(MailingLists::addresses).anyMatch(address::equals);
    }

    private boolean own(String name) {
        return own.stream()
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

    private static Stream<String> lines(MimeMail mail, String name) {
        return Optional.ofNullable(mail.headers().get(name)).stream()
                .flatMap(String::lines)
                .filter(line -> !line.isBlank());
    }

    private static Stream<String> lines(MimeMail mail, List<String> names) {
        return names.stream().flatMap(name -> lines(mail, name));
    }
}
