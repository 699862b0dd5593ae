package io.threadpost.network;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Hosts that are requested without the proxy. */
final class ProxyExemptions {
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-f:.]*:[0-9a-f:.]*");

    private final Predicate<URI> matches;

    private ProxyExemptions(Predicate<URI> matches) {
        this.matches = matches;
    }

    /**
     * The syntax of {@code NO_PROXY}: names including their subdomains, addresses, networks such as {@code 10.0.0.0/8},
     * each optionally with a port, and {@code *} for all, separated by commas or blanks. The local machine is always
     * exempt.
     */
    static ProxyExemptions list(String text) {
        List<String> entries = Arrays.stream(text.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList();
        return new ProxyExemptions(
                uri -> loopback(host(uri)) || entries.stream().anyMatch(entry -> matches(entry, uri)));
    }

    /**
     * The syntax of {@code http.nonProxyHosts}: names separated by {@code |}, which may begin or end with {@code *}.
     */
    static ProxyExemptions patterns(String text) {
        List<Pattern> patterns = Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\|"))
                .filter(entry -> !entry.isBlank())
                .map(entry -> Pattern.compile(
                        Pattern.quote(entry.strip().replaceAll("[\\[\\]]", "")).replace("*", "\\E.*\\Q")))
                .toList();
        return new ProxyExemptions(uri ->
                patterns.stream().anyMatch(pattern -> pattern.matcher(host(uri)).matches()));
    }

    boolean hold(URI uri) {
        return matches.test(uri);
    }

    private static boolean matches(String entry, URI uri) {
        String host = host(uri);
        if (entry.equals("*")) {
            return true;
        }
        if (entry.contains("/")) {
            return inNetwork(entry, host);
        }
        String bare = entry.replaceFirst("^\\[(.*)](:\\d+)?$", "$1$2").replaceFirst("^\\*?\\.", "");
        boolean address = bare.chars().filter(c -> c == ':').count() > 1;
        int colon = address ? -1 : bare.lastIndexOf(':');
        if (colon >= 0 && !bare.substring(colon + 1).equals(String.valueOf(port(uri)))) {
            return false;
        }
        String name = colon < 0 ? bare : bare.substring(0, colon);
        return host.equals(name) || !ADDRESS.matcher(host).matches() && host.endsWith("." + name);
    }

    private static boolean inNetwork(String entry, String host) {
        String[] parts = entry.split("/", 2);
        if (!ADDRESS.matcher(host).matches() || !ADDRESS.matcher(parts[0]).matches()) {
            return false;
        }
        try {
            // Addresses only: no DNS lookup.
            byte[] network = InetAddress.getByName(parts[0]).getAddress();
            byte[] address = InetAddress.getByName(host).getAddress();
            int bits = Integer.parseInt(parts[1]);
            boolean same = network.length == address.length;
            for (int bit = 0; same && bit < bits && bit < network.length * 8; bit++) {
                int mask = 0x80 >> bit % 8;
                same = (network[bit / 8] & mask) == (address[bit / 8] & mask);
            }
            return same;
        } catch (UnknownHostException | NumberFormatException e) {
            return false;
        }
    }

    private static boolean loopback(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || host.equals("::1")
                || host.matches("127\\.[0-9.]+");
    }

    private static String host(URI uri) {
        return String.valueOf(uri.getHost()).toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equals(uri.getScheme()) ? 443 : 80;
    }
}
