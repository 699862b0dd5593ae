package io.threadpost.mail.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

import io.threadpost.mail.mime.DeliveryTrace;
import io.threadpost.mail.mime.HeaderComments;

/**
 * Selects the results that the trusted host wrote. Every host prepends its fields, so the trusted ones are above all
 * that came with the mail: in one block, above the first host of another domain. Some hosts write them above the
 * {@code Received} of the hop that brought the mail (Postfix, Exchange Online, Fastmail), others below it (Gmail).
 */
final class TrustedResults {
    /** Exchange Online omits its id; its hosts relay mail under this domain. */
    private static final String EXCHANGE = "outlook.com";

    private static final List<String> EXCHANGE_IDS =
            List.of("outlook.com", "office365.com", "microsoft.com", "onmicrosoft.com");

    /** iCloud's hosts have names in another domain than its ids. */
    private static final String ICLOUD = "icloud.com";

    private static final String ICLOUD_HOSTS = "me.com";

    /** Names that no outside host can have. */
    private static final Pattern INTERNAL =
            Pattern.compile("\\.(?:internal|local|localdomain|localhost|lan|intranet|private|corp|home|arpa)$");

    private final String authserv;
    private final String own;
    private final boolean exchange;

    /** @param authserv the host's id */
    TrustedResults(String authserv) {
        this.authserv = authserv.toLowerCase(Locale.ROOT);
        this.exchange =
                EXCHANGE_IDS.stream().anyMatch(id -> this.authserv.equals(id) || this.authserv.endsWith("." + id));
        this.own = exchange ? EXCHANGE : this.authserv;
    }

    List<AuthenticationResults.Result> of(DeliveryTrace trace) {
        List<AuthenticationResults.Result> results = new ArrayList<>();
        boolean block = false;
        boolean border = false;
        boolean passed = trace.lines().stream().noneMatch(DeliveryTrace.Line::received);
        for (DeliveryTrace.Line line : trace.lines()) {
            if (!line.received()) {
                Optional<AuthenticationResults> trusted = AuthenticationResults.of(line.value())
                        .filter(found -> found.authserv().equals(authserv));
                if (isIllegible(line)) {
                    return List.of();
                }
                if (trusted.isEmpty() && exchange && (passed || exchangeFollows(trace, line))) {
                    trusted = AuthenticationResults.of(line.value())
                            .filter(found -> found.authserv().isEmpty());
                }
                block |= trusted.isPresent();
                trusted.ifPresent(found -> results.addAll(found.results()));
                continue;
            }
            Hop hop = Hop.of(line.value());
            if (block || border || outside(hop)) {
                return results;
            }
            passed |= own(hop.by());
            border = own(hop.by()) && RegisteredDomains.organization(hop.from()).isPresent() && !own(hop.from())
                    || own(hop.by())
                            && hop.from().matches("\\[?[0-9a-f.:]+]?")
                            && !hop.from().startsWith("127.");
        }
        return results;
    }

    /**
     * What a sender chooses, such as an address, may make a field of the host itself malformed. It might deny what
     * follows below it.
     */
    private boolean isIllegible(DeliveryTrace.Line line) {
        if (AuthenticationResults.of(line.value()).isPresent()) {
            return false;
        }
        String id = AuthenticationResults.authserv(line.value());
        return id.equals(authserv) || id.isEmpty() && exchange;
    }

    private static boolean exchangeFollows(DeliveryTrace trace, DeliveryTrace.Line line) {
        return trace.lines().stream()
                .skip(trace.lines().indexOf(line))
                .filter(DeliveryTrace.Line::received)
                .findFirst()
                .map(next -> Hop.of(next.value()).by())
                .filter(by -> by.endsWith("." + EXCHANGE))
                .isPresent();
    }

    private boolean own(String host) {
        return RegisteredDomains.together(host, own)
                || RegisteredDomains.together(own, ICLOUD) && RegisteredDomains.together(host, ICLOUD_HOSTS);
    }

    /** Hosts without a public name are internal, and hops from the host itself are its own. */
    private boolean outside(Hop hop) {
        boolean hidden = INTERNAL.matcher(hop.by()).find();
        return !hidden && RegisteredDomains.organization(hop.by()).isPresent() && !own(hop.by()) && !own(hop.from());
    }

    /**
     * A {@code Received}.
     *
     * @param from the name that the sending host gave itself
     * @param by the host that wrote it
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
