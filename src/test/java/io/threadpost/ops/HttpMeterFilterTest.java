package io.threadpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

/** Two servers of one process each have gauges of their own, or none. */
class HttpMeterFilterTest {
    @Test
    void gaugesOfServersOnAnyFreePortAreLeftOutAndThoseWithAPortStay() {
        MeterRegistry meters = new SimpleMeterRegistry();
        meters.config().meterFilter(new HttpMeterFilter());

        for (Tags tags : new Tags[] {Tags.empty(), Tags.empty(), Tags.of("server.port", "8080")}) {
            Gauge.builder("http.server.active.connections", () -> 1).tags(tags).register(meters);
        }
        Gauge.builder("threadpost.spool.known", () -> 1).register(meters);

        assertThat(meters.getMeters())
                .extracting(Meter::getId)
                .extracting(id -> id.getName() + id.getTags())
                .containsExactlyInAnyOrder(
                        "http.server.active.connections[tag(server.port=8080)]", "threadpost.spool.known[]");
    }
}
