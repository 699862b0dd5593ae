package io.threadpost.mail.judge;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import io.threadpost.mail.mime.Address;

/** Addresses and domains: {@code jo@guest.example, guest.example}. */
public record SenderList(List<String> entries) {
    /** @param text separated by commas; empty for none */
    public static SenderList of(String text) {
        return new SenderList(Arrays.stream(text.split("[,;\\s]+"))
                .map(entry -> Address.canonical(entry.startsWith("@") ? entry.substring(1) : entry))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    /** @return the first entry that matches one of them: its address, its domain, or a parent domain */
    public Optional<String> entryFor(List<Address> senders) {
        return senders.stream()
                .map(Address::canonical)
                .filter(address -> !address.isEmpty())
                .flatMap(address -> entries.stream().filter(entry -> matches(entry, address)))
                .findFirst();
    }

    private static boolean matches(String entry, String address) {
        return entry.contains("@")
                ? entry.equals(address)
                : address.endsWith("@" + entry) || address.endsWith("." + entry);
    }
}
