package io.threadpost.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

import io.threadpost.settings.Settings;

/** Counts requests for messages, and replies by what became of them. */
@Singleton
final class ReplyMeters {
    private final MeterRegistry meters;

    ReplyMeters(MeterRegistry meters, Settings settings) {
        this.meters = meters;
        // At zero from the start: a rate over a counter that is not there yet is no rate.
        settings.connections().forEach(connection -> {
            requests(connection.name());
            delay(connection.name());
            List.of("pulled", "sent", "withheld").forEach(outcome -> messages(connection.name(), outcome));
        });
    }

    void requested(String connection) {
        requests(connection).increment();
    }

    void pulled(String connection, int count) {
        messages(connection, "pulled").increment(count);
    }

    void sent(Reply reply) {
        messages(reply.connection(), "sent").increment();
        delay(reply.connection())
                .record(Duration.between(reply.created(), Instant.now()).abs());
    }

    void withheld(Reply reply) {
        messages(reply.connection(), "withheld").increment();
    }

    private Timer delay(String connection) {
        return Timer.builder("threadpost.replies.delay")
                .description("Time from a message of the hotel to the mail server's acceptance of its mail")
                .tag("connection", connection)
                .register(meters);
    }

    private Counter requests(String connection) {
        return Counter.builder("threadpost.replies.requests")
                .description("Requests for messages of the hotel")
                .tag("connection", connection)
                .register(meters);
    }

    private Counter messages(String connection, String outcome) {
        return Counter.builder("threadpost.replies.messages")
                .description("Messages of the hotel that were pulled, sent as a mail, or withheld")
                .tag("connection", connection)
                .tag("outcome", outcome)
                .register(meters);
    }
}
