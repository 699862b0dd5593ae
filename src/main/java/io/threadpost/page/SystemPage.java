package io.threadpost.page;

import java.time.Instant;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.alert.Alerts;
import io.threadpost.node.Nodes;

/** What is under the work: the nodes that share the ledger, and the channels of alerts. */
@Singleton
final class SystemPage {
    private final Nodes nodes;
    private final Alerts alerts;

    SystemPage(Nodes nodes, Alerts alerts) {
        this.nodes = nodes;
        this.alerts = alerts;
    }

    /** The page. */
    @RegisterForReflection
    record View(List<NodeRow> nodes, List<ChannelRow> channels, List<AlertRow> alerts) {}

    /**
     * A node.
     *
     * @param clock how wrong its clock is; empty when it is right
     */
    @RegisterForReflection
    record NodeRow(
            String name,
            String version,
            String tone,
            String state,
            String since,
            String seen,
            String clock,
            String holds) {}

    /** A way to people. */
    @RegisterForReflection
    record ChannelRow(String name, String tone, String state, String waiting) {}

    /** Something that is down. */
    @RegisterForReflection
    record AlertRow(String subject, String reason, String since, String tone, String state) {}

    View view() {
        Instant now = Instant.now();
        return new View(
                nodes.all().stream().map(node -> row(node, now)).toList(),
                alerts.status().stream()
                        .map(channel -> new ChannelRow(
                                channel.name(),
                                channel.failure() == null ? "ok" : "bad",
                                channel.failure() == null ? "Works" : channel.failure(),
                                PageFormat.number(channel.waiting())))
                        .toList(),
                alerts.alerts().stream()
                        .map(alert -> new AlertRow(
                                alert.check() + ": " + alert.subject(),
                                alert.reason(),
                                PageFormat.ago(alert.since(), now),
                                alert.reported() ? "bad" : "warn",
                                alert.reported() ? "Sent" : "Not sent yet"))
                        .toList());
    }

    private static NodeRow row(Nodes.Node node, Instant now) {
        String tone = node.clockIsWrong() || node.state().equals("silent") ? "warn" : "ok";
        return new NodeRow(
                node.name() + ", process " + node.pid() + (node.self() ? " (this one)" : ""),
                node.version(),
                tone,
                switch (node.state()) {
                    case "running" -> "Running";
                    case "stopped" -> "Stopped";
                    default -> "Silent: killed, or without the ledger";
                },
                PageFormat.ago(node.started(), now),
                PageFormat.ago(node.seen(), now),
                node.clockIsWrong() ? "Its clock is " + Nodes.difference(node.clock()) + ": set it by NTP" : "",
                node.holds().isEmpty() ? "nothing" : String.join(", ", node.holds()));
    }
}
