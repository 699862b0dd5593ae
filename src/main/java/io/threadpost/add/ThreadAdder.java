package io.threadpost.add;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.threadpost.connector.RequestBudget;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;

/** Adds a thread exactly once. What is unresolved is found by its sender and its subject. */
@Singleton
final class ThreadAdder extends ExactlyOnceAdder<InboundMessage, CreatedThread> {
    private static final Logger LOG = Logger.getLogger(ThreadAdder.class);

    private final ThreadAddLedger ledger;
    private final AddPlatformClient platform;
    private final ReadBack readBack;

    ThreadAdder(
            Ledger database,
            ThreadAddLedger ledger,
            AddPlatformClient platform,
            ReadBack readBack,
            RequestBudget budget,
            MeterRegistry meters,
            Settings settings) {
        super(
                AddOperation.THREADS,
                database,
                ledger,
                platform,
                budget,
                new AddMeters(AddOperation.THREADS, meters, settings));
        this.ledger = ledger;
        this.platform = platform;
        this.readBack = readBack;
    }

    @Override
    Optional<AddOutcome> unsendable(InboundMessage message) {
        return incomplete(message.texts());
    }

    static Optional<AddOutcome> incomplete(ThreadTexts texts) {
        if (!texts.incomplete()) {
            return Optional.empty();
        }
        String header = texts.sender().isEmpty() ? AddConstants.SENDER : AddConstants.SUBJECT;
        return Optional.of(new AddOutcome.Refused(
                "incomplete", "the header " + header + " is missing or empty, and the platform requires it"));
    }

    @Override
    CreatedThread request(InboundMessage message, Runnable before) {
        return platform.add(message, before);
    }

    @Override
    Optional<AddOutcome> created(InboundMessage message, CreatedThread thread) {
        Optional<AddOutcome> created = ledger.created(message, thread);
        if (created.isPresent()
                && created.get() instanceof AddOutcome.Added added
                && !added.id().equals(thread.id())) {
            LOG.errorf(
                    "%s: the platform has two threads, %s and %s: a request took effect after it was given up",
                    message, added.id(), thread.id());
        }
        return created;
    }

    @Override
    void refused(InboundMessage message, AddOutcome.Refused refused) {
        ledger.forget(message);
    }

    @Override
    boolean forbidden(InboundMessage message) {
        return true;
    }

    @Override
    Optional<AddOutcome> find(InboundMessage message, long since, long until, boolean fresh, boolean over) {
        List<CreatedThread> threads = readBack.threads(message.connection(), since, fresh).stream()
                .filter(thread -> until == Long.MAX_VALUE
                        || thread.created()
                                        .compareTo(Instant.ofEpochMilli(until).toString())
                                <= 0)
                .toList();
        return readBack.resolve(message, threads, over);
    }
}
