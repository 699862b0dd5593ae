package io.threadpost.add;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import io.micrometer.core.instrument.MeterRegistry;
import org.jboss.logging.Logger;

import io.threadpost.connector.PlatformMessage;
import io.threadpost.connector.RequestBudget;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;

/**
 * Adds a message to a thread exactly once, one at a time in a thread. What is unresolved is found by its text among the
 * messages of the thread.
 */
@Singleton
final class MessageAdder extends ExactlyOnceAdder<StagedMessage, PlatformMessage> {
    private static final Logger LOG = Logger.getLogger(MessageAdder.class);
    /** The platform's own clocks need not agree. */
    private static final Duration MARGIN = Duration.ofMinutes(5);
    /** Characters that a message that the platform cut must share with what was sent to be taken for it. */
    private static final int IN_COMMON = 20;
    /**
     * After so many refusals by 403 in a row the token is taken to lack the permission: none of these messages is to
     * blame.
     */
    private static final int FORBIDDEN_IN_ROW = 3;

    private final MessageAddLedger ledger;
    private final AddPlatformClient platform;
    private final Map<String, Integer> forbiddenInRow = new ConcurrentHashMap<>();

    MessageAdder(
            Ledger database,
            MessageAddLedger ledger,
            AddPlatformClient platform,
            RequestBudget budget,
            MeterRegistry meters,
            Settings settings) {
        super(
                AddOperation.MESSAGES,
                database,
                ledger,
                platform,
                budget,
                new AddMeters(AddOperation.MESSAGES, meters, settings));
        this.ledger = ledger;
        this.platform = platform;
    }

    @Override
    Optional<AddOutcome> unsendable(StagedMessage message) {
        if (ledger.isBehindAnother(message)) {
            throw behindAnother();
        }
        return Optional.empty();
    }

    @Override
    PlatformMessage request(StagedMessage message, Runnable before) {
        return platform.add(message, before);
    }

    @Override
    Optional<AddOutcome> created(StagedMessage message, PlatformMessage created) {
        forbiddenInRow.remove(message.connection());
        return ledger.added(message, List.of(created.id()));
    }

    @Override
    void refused(StagedMessage message, AddOutcome.Refused refused) {
        ledger.refused(message, refused);
    }

    /** A token that never added a message may lack the permission. */
    @Override
    boolean forbidden(StagedMessage message) {
        int inRow = forbiddenInRow.merge(message.connection(), 1, Integer::sum);
        return inRow < FORBIDDEN_IN_ROW && ledger.hasAdded(message.connection());
    }

    @Override
    Optional<AddOutcome> find(StagedMessage message, long since, long until, boolean fresh, boolean over) {
        Instant from = Instant.ofEpochMilli(since).minus(MARGIN);
        List<String> alike = platform.messages(message.connection(), message.thread(), from).stream()
                .filter(found -> found.id() != null && !found.isFromEnterprise() && isAlike(message, found))
                .filter(found -> !created(found, from).isBefore(from)
                        && created(found, from).toEpochMilli() <= until)
                .sorted(Comparator.comparing((PlatformMessage found) -> created(found, from))
                        .thenComparing(PlatformMessage::id))
                .map(PlatformMessage::id)
                .toList();
        Optional<AddOutcome> found = alike.isEmpty() ? Optional.empty() : ledger.added(message, alike);
        found.ifPresent(outcome -> LOG.infof(
                "%s: adopts message %s, made by a request whose answer was lost",
                message, ((AddOutcome.Added) outcome).id()));
        return found;
    }

    /** The platform may trim a text, break its lines differently, or cut it. */
    private static boolean isAlike(StagedMessage message, PlatformMessage found) {
        String sent = ThreadTexts.folded(ThreadTexts.normalized(message.text()));
        String there = ThreadTexts.folded(ThreadTexts.normalized(found.text()));
        if (sent.equals(there)) {
            return true;
        }
        String uncut = there.replaceFirst("(?:…|\\.\\.\\.)$", "").strip();
        return uncut.length() >= IN_COMMON && sent.startsWith(uncut);
    }

    private static Instant created(PlatformMessage found, Instant otherwise) {
        try {
            return found.createdUtc() == null ? otherwise : Instant.parse(found.createdUtc());
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}
