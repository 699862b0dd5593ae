package io.threadpost.mail.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.threadpost.mail.judge.AuthenticationResults.Result;
import io.threadpost.mail.mime.Address;
import io.threadpost.mail.mime.MimeMail;
import io.threadpost.text.PlainText;

/**
 * Evaluates what one trusted mail host reports about a mail's sender in {@code Authentication-Results} (RFC 8601).
 * Where there are several results of one method, one of them may be forged: the worst counts.
 */
final class Authentication {
    private static final Set<String> DMARC_PASS = Set.of("pass", "bestguesspass", "success");

    /** Results that are about a sender, the expected one or another. */
    private static final Set<String> CONCLUSIVE = Set.of("pass", "fail", "softfail", "hardfail", "permerror");

    private static final Set<String> FAILING = Set.of("fail", "hardfail");
    private static final Set<String> METHODS = Set.of("spf", "dkim", "dmarc");
    /** How Exchange Online is named, which omits its id. */
    private static final String EXCHANGE = "protection.outlook.com";

    private static final int LONGEST = 300;

    private final List<Result> results;
    private final String sender;

    /** @param authserv the host's id, the text before the first semicolon; empty for none */
    Authentication(MimeMail mail, String authserv) {
        this.results = authserv.isEmpty() ? List.of() : new TrustedResults(authserv).of(mail.trace());
        List<Address> from = mail.trace().senders();
        String used = mail.from().get(0).canonical();
        // The checks are about a single sender in From, not about several, or one that other fields name.
        this.sender = from.size() == 1 && from.get(0).canonical().equals(used) ? domain(used) : "";
    }

    /**
     * Without a host that is trusted, the topmost results can count against a mail, but not for it: a sender who writes
     * them himself gains nothing.
     *
     * @param authserv the trusted host's id; empty for none
     */
    static Authenticity authenticity(MimeMail mail, String authserv) {
        if (!authserv.isEmpty()) {
            Authentication trusted = new Authentication(mail, authserv);
            return trusted.passed() ? Authenticity.PASSED : trusted.failure();
        }
        String topmost = mail.trace().lines().stream()
                .filter(line -> !line.received())
                .findFirst()
                .flatMap(line -> AuthenticationResults.of(line.value()))
                .map(found -> found.authserv().isEmpty() ? EXCHANGE : found.authserv())
                .orElse("");
        Authentication reported = new Authentication(mail, topmost);
        boolean concluded = reported.results.stream()
                .anyMatch(result -> METHODS.contains(result.method()) && CONCLUSIVE.contains(result.value()));
        return concluded && !reported.passed() ? reported.failure() : Authenticity.UNKNOWN;
    }

    private Authenticity failure() {
        List<Result> dmarc = of("dmarc");
        List<Result> concluding = dmarc.isEmpty() ? of("spf") : dmarc;
        return concluding.stream().anyMatch(result -> FAILING.contains(result.value()))
                ? Authenticity.DENIED
                : Authenticity.FAILED;
    }

    /** @return such as {@code spf=pass dkim=pass dmarc=pass}; empty without results */
    String text() {
        Map<String, String> first = new LinkedHashMap<>();
        results.forEach(result -> first.putIfAbsent(result.method(), result.value()));
        return PlainText.line(
                first.entrySet().stream()
                        .map(result -> result.getKey() + "=" + result.getValue())
                        .collect(Collectors.joining(" ")),
                LONGEST);
    }

    /** @return whether the sender's domain is authenticated: by DMARC, or else by an aligned domain */
    boolean passed() {
        if (sender.isEmpty()) {
            return false;
        }
        List<Result> dmarc = of("dmarc");
        if (dmarc.stream().anyMatch(result -> !result.value().equals("none"))) {
            return dmarc.stream().allMatch(this::dmarcPassed);
        }
        return of("dkim").stream().anyMatch(this::signed) || sent();
    }

    private boolean dmarcPassed(Result result) {
        // Cisco's hosts name it by the second one.
        String from = result.properties()
                .getOrDefault("header.from", result.properties().getOrDefault("d", ""));
        return DMARC_PASS.contains(result.value())
                && (from.isEmpty() || domain(from).equals(sender));
    }

    private boolean signed(Result result) {
        String signer = domain(result.properties().getOrDefault("header.d", ""));
        String identity = domain(result.properties().getOrDefault("header.i", ""));
        String domain = signer.isEmpty() ? identity : signer;
        boolean contradicting = !identity.isEmpty() && !RegisteredDomains.together(identity, domain);
        return result.value().equals("pass") && !contradicting && aligned(domain);
    }

    private boolean sent() {
        List<Result> all = of("spf");
        List<Result> named = all.stream()
                .filter(result ->
                        !result.properties().getOrDefault("smtp.mailfrom", "").isEmpty())
                .toList();
        List<Result> spf = named.isEmpty() ? all : named;
        return !spf.isEmpty()
                && spf.stream().allMatch(result -> result.value().equals("pass"))
                && spf.stream().anyMatch(result -> aligned(envelope(result.properties())));
    }

    private static String envelope(Map<String, String> properties) {
        for (String name : List.of("smtp.mailfrom", "smtp.from", "smtp.helo")) {
            String domain = domain(properties.getOrDefault(name, ""));
            if (!domain.isEmpty()) {
                return domain;
            }
        }
        return "";
    }

    private boolean aligned(String domain) {
        return domain.contains(".") && RegisteredDomains.together(domain, sender);
    }

    private List<Result> of(String method) {
        return results.stream().filter(result -> result.method().equals(method)).toList();
    }

    /** @param address or a domain alone */
    private static String domain(String address) {
        String plain = address.replaceAll("[<>]", "");
        return Address.canonical(plain.substring(plain.lastIndexOf('@') + 1)).toLowerCase(Locale.ROOT);
    }
}
