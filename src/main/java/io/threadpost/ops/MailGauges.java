package io.threadpost.ops;

import java.util.List;
import java.util.Map;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import io.threadpost.mail.MailRecord.State;
import io.threadpost.mail.MailStatus;

/** Gauges of the mails that wait, for their thread or for a person. Read from the ledger at the scrape. */
@Singleton
final class MailGauges {
    private final ScrapeCache<Map<State, Long>> waiting;

    /** @param status asked for at a scrape: meters are bound before the ledger is open */
    MailGauges(Provider<MailStatus> status) {
        this.waiting = new ScrapeCache<>(() -> status.get().unsettled());
    }

    void bindTo(MeterRegistry meters) {
        for (State state : List.of(State.WAITING, State.PARKED, State.FAILED)) {
            Gauge.builder("threadpost.mail." + state.word(), () -> waiting.get().getOrDefault(state, 0L))
                    .description("Mails that are " + state.word())
                    .baseUnit("mails")
                    .register(meters);
        }
    }
}
