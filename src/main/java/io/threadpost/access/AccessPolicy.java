package io.threadpost.access;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

import io.threadpost.settings.AddressRange;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Who may ask, and who may act. Without {@code threadpost.api.token} everybody on this machine may do both. With it,
 * whoever presents it may; {@code threadpost.api.read-token} admits those who only read; and a reverse proxy that the
 * settings name vouches for the users that it has signed in.
 */
@Singleton
public final class AccessPolicy {
    /** What somebody does who may read and wants to act. */
    public static final String HOW_TO_ACT =
            "use the token of threadpost.api.token; a proxy's user has to be in threadpost.api.proxy.operators";

    private static final Pattern USER = Pattern.compile("[\\p{L}\\p{N}._@+-]{1,100}");

    private final Provider<Settings> settings;

    /** @param settings looked up at a request: the guards are created before there are any */
    AccessPolicy(Provider<Settings> settings) {
        this.settings = settings;
    }

    /** A token that admits, and as what. */
    public record Token(String value, Admission admission) {

        /** Compares in constant time: the duration reveals nothing about the token. */
        public boolean matches(String given) {
            return MessageDigest.isEqual(
                    value.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** @return the tokens that admit, at most two; none if everybody on this machine may ask */
    public List<Token> tokens() {
        Settings now = settings.get();
        return Stream.of(
                        new Token(now.get(SettingsCatalogue.API_TOKEN), new Admission(true, "token")),
                        new Token(now.get(SettingsCatalogue.API_READ_TOKEN), new Admission(false, "reading token")))
                .filter(token -> !token.value().isEmpty())
                .toList();
    }

    /** @return the admission of a request to an installation that has no tokens */
    public static Admission onThisMachine() {
        return new Admission(true, "loopback");
    }

    /** @param given a text that a client presents as a token */
    public Optional<Admission> byToken(String given) {
        return tokens().stream()
                .filter(token -> token.matches(given))
                .map(Token::admission)
                .findFirst();
    }

    /** @return the admission of the user that a reverse proxy names; empty unless the connection is from that proxy */
    public Optional<Admission> byProxy(HttpServerRequest request) {
        Settings now = settings.get();
        List<AddressRange> proxies = now.get(SettingsCatalogue.API_PROXY_ADDRESSES);
        // The connection's own address: that of the request may be what a client wrote in X-Forwarded-For.
        SocketAddress peer = request.connection().remoteAddress();
        if (proxies.isEmpty() || peer == null || peer.hostAddress() == null) {
            return Optional.empty();
        }
        InetSocketAddress address = new InetSocketAddress(peer.hostAddress(), peer.port());
        List<String> users = request.headers().getAll(now.get(SettingsCatalogue.API_PROXY_USER_HEADER));
        if (users.size() != 1
                || !USER.matcher(users.get(0)).matches()
                || proxies.stream().noneMatch(range -> range.contains(address))) {
            return Optional.empty();
        }
        List<String> operators = now.get(SettingsCatalogue.API_PROXY_OPERATORS);
        String user = users.get(0);
        return Optional.of(new Admission(operators.isEmpty() || operators.contains(user), "user " + user));
    }
}
