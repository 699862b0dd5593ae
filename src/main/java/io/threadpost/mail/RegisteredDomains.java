package io.threadpost.mail;

import java.util.Optional;
import java.util.regex.Pattern;

import org.apache.hc.client5.http.psl.PublicSuffixMatcherLoader;

/**
 * Whose a domain is, by the public suffix list: nobody has {@code co.uk}, somebody has {@code hotel.co.uk} with all
 * that is in it.
 */
final class RegisteredDomains {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]{1,63}(?:\\.[\\p{L}\\p{N}_-]{1,63}){1,20}");

    /** @return the domain that its owner registered; empty for a public suffix, and for what is no domain */
    Optional<String> organization(String domain) {
        // Read when it is asked for the first time, and kept.
        return NAME.matcher(domain).matches()
                ? Optional.ofNullable(PublicSuffixMatcherLoader.getDefault().getDomainRoot(domain))
                : Optional.empty();
    }

    /** @return whether they are one owner's, or the same */
    boolean together(String domain, String other) {
        return domain.equals(other) && !domain.isEmpty()
                || organization(domain).isPresent() && organization(domain).equals(organization(other));
    }
}
