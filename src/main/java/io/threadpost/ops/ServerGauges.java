package io.threadpost.ops;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;

/**
 * Leaves out what is counted at an HTTP server that cannot be told from the other one. The servers are told apart by
 * their port, and one that takes any free port ({@code quarkus.http.port=0}) shows none: the gauges of both would be
 * the same one, with the numbers of the first.
 */
@Singleton
public final class ServerGauges implements MeterFilter {
    ServerGauges() {}

    @Override
    public MeterFilterReply accept(Meter.Id id) {
        boolean ambiguous = id.getName().startsWith("http.server.active.") && id.getTag("server.port") == null;
        return ambiguous ? MeterFilterReply.DENY : MeterFilterReply.NEUTRAL;
    }
}
