package io.threadpost.connector;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import jakarta.inject.Singleton;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.threadpost.settings.Connection;
import io.threadpost.settings.ConnectorSettings;
import io.threadpost.settings.Settings;

/** The request's side of a call: credentials, the slot in the budget, and clearing up. */
@Singleton
final class Requests {
    private static final String CONNECTION = "ThreadpostConnection";

    private final ConnectorSettings connector;
    private final List<Connection> connections;
    private final RequestBudget budget;
    private final CallMeters meters;

    Requests(Settings settings, RequestBudget budget, CallMeters meters) {
        this.connector = settings.connector();
        this.connections = settings.connections();
        this.budget = budget;
        this.meters = meters;
    }

    /** Puts the credentials before the caller's own properties; one that is null is left out, also one of the connection's. */
    void prepare(Exchange exchange, String action) {
        Message message = exchange.getMessage();
        Map<?, ?> asked = message.getBody(Map.class);
        if (asked == null) {
            throw new IllegalArgumentException(action + ": the body must be a map of the operation's properties");
        }
        Connection connection = connection(message.getHeader(CONNECTION, String.class));
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("ClientToken", connector.clientToken());
        request.put("AccessToken", connection.accessToken());
        request.put("Client", connector.client());
        // An empty list is refused by the platform; left out it means everything in the token's scope.
        if (action.endsWith("/getAll") && !connection.enterpriseIds().isEmpty()) {
            request.put("EnterpriseIds", connection.enterpriseIds());
        }
        asked.forEach((name, value) -> request.put(String.valueOf(name), value));
        request.values().removeIf(Objects::isNull);
        exchange.setProperty(
                Call.PROPERTY, new Call(action, connection, new LinkedHashMap<>(message.getHeaders()), null, 0));
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(request);
    }

    /** @throws ConnectorException STOPPED, when interrupted while waiting */
    void takeSlot(Exchange exchange) {
        Call call = exchange.getProperty(Call.PROPERTY, Call.class);
        Priority priority = exchange.getProperty(Priority.PROPERTY, Priority.LIVE, Priority.class);
        long began = System.nanoTime();
        try {
            Slot slot = budget.take(hash(call.connection()), priority);
            beforeSending(exchange, slot);
            exchange.setProperty(Call.PROPERTY, call.with(slot));
            meters.waited(call, System.nanoTime() - began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ConnectorException.unanswered(call.action(), Failure.STOPPED, null, "stopped before it was sent");
        }
    }

    private void beforeSending(Exchange exchange, Slot slot) {
        BeforeSending caller = exchange.getProperty(BeforeSending.PROPERTY, BeforeSending.class);
        if (caller != null) {
            try {
                caller.run();
            } catch (RuntimeException e) {
                budget.answered(slot);
                throw e;
            }
        }
    }

    /** Gives the slot its end and the caller its headers, and keeps no request in the exchange. */
    void end(Exchange exchange) {
        Call call = (Call) exchange.removeProperty(Call.PROPERTY);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeaders(call.headers());
        if (call.slot() != null) {
            budget.answered(call.slot());
        }
    }

    private Connection connection(String name) {
        if (name == null && connections.size() == 1) {
            return connections.get(0);
        }
        return connections.stream()
                .filter(connection -> connection.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the header " + CONNECTION + " is "
                        + (name == null ? "missing" : "'" + name + "'") + "; set it to one of "
                        + connections.stream().map(Connection::name).toList()));
    }

    /** The budget counts by access token, and the ledger must not know it. */
    static String hash(Connection connection) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(connection.accessToken().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
