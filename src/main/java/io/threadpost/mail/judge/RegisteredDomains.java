package io.threadpost.mail.judge;

import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * The owners of domains, by the public suffix list: {@code co.uk} has none, {@code hotel.co.uk} and its subdomains have
 * one.
 */
final class RegisteredDomains {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]{1,63}(?:\\.[\\p{L}\\p{N}_-]{1,63}){1,20}");

    private RegisteredDomains() {}

    /** @return the domain that the owner registered; empty for a public suffix, and for what is no domain */
    static Optional<String> organization(String domain) {
        // The list is loaded at the first call, and cached.
        return NAME.matcher(domain).matches()
                ? Optional.ofNullable(PublicSuffixMatcherLoader.getDefault().getDomainRoot(domain))
                : Optional.empty();
    }

    /** @return whether they are equal, or have the same owner */
    static boolean together(String domain, String other) {
        return domain.equals(other) && !domain.isEmpty()
                || organization(domain).isPresent() && organization(domain).equals(organization(other));
    }
}
