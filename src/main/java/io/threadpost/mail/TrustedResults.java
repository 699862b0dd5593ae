package io.threadpost.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which of a mail's results the host wrote that is believed. Everybody writes on top of what was there, so its own
 * stand above all that came with the mail: in one block, above the first host that is not of its domain. Some hosts
 * write them above the {@code Received} of the hop on which the mail came to them (Postfix, Exchange Online, Fastmail),
 * others below it (Gmail).
 */
final class TrustedResults {
    /** Exchange Online leaves out its id. These are the names under which its hosts pass on mail. */
    private static final String EXCHANGE = "outlook.com";

    private static final List<String> EXCHANGE_IDS =
            List.of("outlook.com", "office365.com", "microsoft.com", "onmicrosoft.com");

    /** Names that no one outside can have. */
    private static final Pattern INTERNAL =
            Pattern.compile("\\.(?:internal|local|localdomain|localhost|lan|intranet|private|corp|home|arpa)$");

    private final String authserv;
    private final String own;
    private final boolean exchange;
    private final RegisteredDomains registeredDomains;

    /** @param authserv the host's id */
    TrustedResults(String authserv, RegisteredDomains registeredDomains) {
        this.authserv = authserv.toLowerCase(Locale.ROOT);
        this.exchange =
                EXCHANGE_IDS.stream().anyMatch(id -> this.authserv.equals(id) || this.authserv.endsWith("." + id));
        this.own = exchange ? EXCHANGE : this.authserv;
        this.registeredDomains = registeredDomains;
    }

    List<AuthenticationResults.Result> of(DeliveryTrace deliveryTrace) {
        List<AuthenticationResults.Result> results = new ArrayList<>();
        boolean block = false;
        boolean border = false;
        boolean passed = deliveryTrace.lines().stream().noneMatch(DeliveryTrace.Line::received);
        for (DeliveryTrace.Line line : deliveryTrace.lines()) {
            if (!line.received()) {
                Optional<AuthenticationResults> said = AuthenticationResults.of(line.value())
                        .filter(found -> found.authserv().equals(authserv));
                if (said.isEmpty() && exchange && (passed || exchangeFollows(deliveryTrace, line))) {
                    said = AuthenticationResults.of(line.value())
                            .filter(found -> found.authserv().isEmpty());
                }
                block |= said.isPresent();
                said.ifPresent(found -> results.addAll(found.results()));
                continue;
            }
            Hop hop = Hop.of(line.value());
            if (block || border || outside(hop)) {
                return results;
            }
            passed |= own(hop.by());
            border = own(hop.by()) && registeredDomains.organization(hop.from()).isPresent() && !own(hop.from())
                    || own(hop.by())
                            && hop.from().matches("\\[?[0-9a-f.:]+]?")
                            && !hop.from().startsWith("127.");
        }
        return results;
    }

    private static boolean exchangeFollows(DeliveryTrace deliveryTrace, DeliveryTrace.Line line) {
        return deliveryTrace.lines().stream()
                .skip(deliveryTrace.lines().indexOf(line))
                .filter(DeliveryTrace.Line::received)
                .findFirst()
                .map(next -> Hop.of(next.value()).by())
                .filter(by -> by.endsWith("." + EXCHANGE))
                .isPresent();
    }

    private boolean own(String host) {
        return registeredDomains.together(host, own);
    }

    /** Hosts whose names are no domains are somebody's own; and what the host itself passed on is still its own. */
    private boolean outside(Hop hop) {
        boolean hidden = INTERNAL.matcher(hop.by()).find();
        return !hidden && registeredDomains.organization(hop.by()).isPresent() && !own(hop.by()) && !own(hop.from());
    }

    /**
     * A {@code Received}. @param from the host that it came from, as that named itself @param by the host that wrote it
     */
    private record Hop(String from, String by) {
        static Hop of(String received) {
            String[] words =
                    HeaderComments.removed(received).split(";", 2)[0].strip().split("\\s+");
            String from = "";
            String by = "";
            for (int i = 0; i + 1 < words.length; i++) {
                from = words[i].equalsIgnoreCase("from") && from.isEmpty() && by.isEmpty() ? words[i + 1] : from;
                by = words[i].equalsIgnoreCase("by") && by.isEmpty() ? words[i + 1] : by;
            }
            return new Hop(plain(from), plain(by));
        }

        private static String plain(String host) {
            String plain = host.toLowerCase(Locale.ROOT);
            return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
        }
    }
}
