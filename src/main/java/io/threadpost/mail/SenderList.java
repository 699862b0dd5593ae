package io.threadpost.mail;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Addresses and domains that a person wrote down, separated by commas: {@code jo@guest.example, guest.example}. */
final class SenderList {
    private final List<String> entries;

    /** @param text empty for none */
    SenderList(String text) {
        this.entries = Arrays.stream(text.split("[,;\\s]+"))
                .map(entry -> Address.canonical(entry.startsWith("@") ? entry.substring(1) : entry))
                .filter(entry -> !entry.isEmpty())
                .toList();
    }

    /** @return the first entry that one of them fits: their address, their domain, or one that theirs lies in */
    Optional<String> entryFor(List<Address> senders) {
        return senders.stream()
                .map(Address::canonical)
                .filter(address -> !address.isEmpty())
                .flatMap(address -> entries.stream().filter(entry -> fits(entry, address)))
                .findFirst();
    }

    private static boolean fits(String entry, String address) {
        return entry.contains("@")
                ? entry.equals(address)
                : address.endsWith("@" + entry) || address.endsWith("." + entry);
    }
}
