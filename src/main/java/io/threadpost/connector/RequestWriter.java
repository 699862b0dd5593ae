package io.threadpost.connector;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import jakarta.inject.Singleton;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.ConnectorSettings;
import io.threadpost.settings.SecretFiles;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/** The request side of a call: credentials, the slot in the budget, and cleaning up. */
@Singleton
final class RequestWriter {
    static final String ADD_MESSAGES = "messages/add";

    private final ConnectorSettings connector;
    private final List<ConnectionSettings> connections;
    private final RequestBudget budget;
    private final CallMeters meters;
    private final SecretFiles secrets;

    RequestWriter(Settings settings, RequestBudget budget, CallMeters meters, SecretFiles secrets) {
        this.connector = settings.connector();
        this.connections = settings.connections();
        this.budget = budget;
        this.meters = meters;
        this.secrets = secrets;
    }

    /**
     * Adds the credentials to the caller's own properties; a null leaves a property out, also one of the connection's.
     */
    void prepare(Exchange exchange, String action) {
        Message message = exchange.getMessage();
        NewMessages newMessages = action.equals(ADD_MESSAGES) ? NewMessages.of(message.getBody()) : null;
        Map<?, ?> asked = newMessages != null ? newMessages.toRequest() : message.getBody(Map.class);
        if (asked == null) {
            throw new IllegalArgumentException(action + ": the body must be a map of the operation's properties");
        }
        ConnectionSettings connectionSettings =
                connection(message.getHeader(ConnectorConstants.CONNECTION, String.class));
        Map<String, Object> request = new LinkedHashMap<>();
        request.put(
                "ClientToken", secrets.current(SettingsCatalogue.CONNECTOR_CLIENT_TOKEN, "", connector.clientToken()));
        // The budget goes on under the token of the start, so a new one never begins with a full budget.
        request.put(
                "AccessToken",
                secrets.current(
                        SettingsCatalogue.CONNECTIONS_ACCESS_TOKEN,
                        connectionSettings.name(),
                        connectionSettings.accessToken()));
        request.put("Client", connector.client());
        // An empty list is refused by the platform; left out it means everything in the token's scope.
        if (action.endsWith("/getAll") && !connectionSettings.enterpriseIds().isEmpty()) {
            request.put("EnterpriseIds", connectionSettings.enterpriseIds());
        }
        asked.forEach((name, value) -> request.put(String.valueOf(name), value));
        request.values().removeIf(Objects::isNull);
        exchange.setProperty(
                ConnectorConstants.CALL,
                new ConnectorCall(
                        action,
                        connectionSettings,
                        newMessages == null ? List.of() : newMessages.identifiers(),
                        new LinkedHashMap<>(message.getHeaders()),
                        null,
                        0));
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, "application/json");
        message.setBody(request);
    }

    /** @throws ConnectorException STOPPED, when interrupted while waiting */
    void takeSlot(Exchange exchange) {
        ConnectorCall connectorCall = exchange.getProperty(ConnectorConstants.CALL, ConnectorCall.class);
        Priority priority = exchange.getProperty(ConnectorConstants.PRIORITY, Priority.LIVE, Priority.class);
        long began = System.nanoTime();
        try {
            RequestQueue.Slot slot = budget.take(RequestBudget.tokenHash(connectorCall.connection()), priority);
            beforeSending(exchange, slot);
            exchange.setProperty(ConnectorConstants.CALL, connectorCall.with(slot));
            meters.waited(connectorCall, System.nanoTime() - began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ConnectorException.unanswered(
                    connectorCall.action(), ConnectorFailure.STOPPED, null, "stopped before it was sent");
        }
    }

    private void beforeSending(Exchange exchange, RequestQueue.Slot slot) {
        Runnable caller = exchange.getProperty(ConnectorConstants.BEFORE_SENDING, Runnable.class);
        if (caller != null) {
            try {
                caller.run();
            } catch (RuntimeException e) {
                budget.answered(slot);
                throw e;
            }
        }
    }

    /** Ends the slot, restores the caller's headers, and keeps no request in the exchange. */
    void end(Exchange exchange) {
        ConnectorCall connectorCall = (ConnectorCall) exchange.removeProperty(ConnectorConstants.CALL);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeaders(connectorCall.headers());
        if (connectorCall.slot() != null) {
            budget.answered(connectorCall.slot());
        }
    }

    private ConnectionSettings connection(String name) {
        if (name == null && connections.size() == 1) {
            return connections.get(0);
        }
        return connections.stream()
                .filter(connectionSettings -> connectionSettings.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the header " + ConnectorConstants.CONNECTION + " is "
                        + (name == null ? "missing" : "'" + name + "'") + "; set it to one of "
                        + connections.stream().map(ConnectionSettings::name).toList()));
    }

    /**
     * The messages of one {@code messages/add}, each with its {@code Identifier}: without it the answer could not be
     * matched.
     *
     * @param messages each as the platform takes it
     * @param identifiers in the order of the messages
     */
    private record NewMessages(List<Map<String, Object>> messages, List<String> identifiers) {
        private static final String BODY = "messages/add: the body must be a map of MessageThreadId and Text,"
                + " or a list of 1 to 1000 such maps";

        /**
         * @param body a map of one message's properties, a list of such maps or {@link NewMessage}s, or a map with that
         *     list as {@code Messages}
         * @throws IllegalArgumentException when it is something else; the message quotes nothing of it
         */
        static NewMessages of(Object body) {
            Object given = body instanceof Map<?, ?> map && map.get("Messages") != null ? map.get("Messages") : body;
            List<?> list = given instanceof List<?> several ? several : List.of(given == null ? "" : given);
            if (list.isEmpty() || list.size() > MessageQuery.MOST) {
                throw new IllegalArgumentException(BODY);
            }
            List<Map<String, Object>> messages = new ArrayList<>();
            List<String> identifiers = new ArrayList<>();
            Set<String> distinct = new HashSet<>();
            for (Object each : list) {
                Map<String, Object> message = message(each);
                String identifier = String.valueOf(message.getOrDefault("Identifier", messages.size()));
                message.put("Identifier", identifier);
                if (!distinct.add(identifier)) {
                    throw new IllegalArgumentException("messages/add: two messages have the same Identifier");
                }
                messages.add(message);
                identifiers.add(identifier);
            }
            return new NewMessages(messages, identifiers);
        }

        Map<String, Object> toRequest() {
            return Map.of("Messages", messages);
        }

        private static Map<String, Object> message(Object each) {
            if (each instanceof NewMessage newMessage) {
                return newMessage.toRequest();
            }
            if (!(each instanceof Map<?, ?> map) || map.get("MessageThreadId") == null || map.get("Text") == null) {
                throw new IllegalArgumentException(BODY);
            }
            Map<String, Object> message = new LinkedHashMap<>();
            map.forEach((name, value) -> message.put(String.valueOf(name), value));
            message.values().removeIf(Objects::isNull);
            return message;
        }
    }
}
