package io.threadpost.add;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.connector.BeforeSending;
import io.threadpost.connector.ConnectorException;
import io.threadpost.spool.PostponedException;

/**
 * Adds a thread exactly once, though the platform knows no key to do so by. That a request will be sent is written down before; when its
 * outcome is unknown, the platform is asked what it has, and the request is repeated only when nothing can come of it any more.
 */
@Singleton
final class Adder {
    private static final Logger LOG = Logger.getLogger(Adder.class);

    private final AddRows rows;
    private final AddPlatform platform;
    private final Looks looks;
    private final Resolution resolution;
    private final AddPauses pauses;
    private final AddWaits waits;
    private final AddMeters meters;

    Adder(
            AddRows rows,
            AddPlatform platform,
            Looks looks,
            Resolution resolution,
            AddPauses pauses,
            AddWaits waits,
            AddMeters meters) {
        this.rows = rows;
        this.platform = platform;
        this.looks = looks;
        this.resolution = resolution;
        this.pauses = pauses;
        this.waits = waits;
        this.meters = meters;
    }

    /**
     * @return how it ended; the same, and without anything being done, when it ended before
     * @throws PostponedException when it has to wait
     */
    Outcome add(Inbound inbound) {
        Standing standing = rows.standing(inbound);
        if (standing.outcome().isPresent()) {
            return standing.outcome().get();
        }
        if (standing.attempt().isPresent()) {
            Attempt attempt = standing.attempt().get();
            return resume(inbound.as(attempt.texts()), attempt, standing);
        }
        return inbound.texts().incomplete() ? incomplete(inbound.texts()) : send(inbound, null);
    }

    private static Outcome incomplete(ThreadTexts texts) {
        String header = texts.sender().isEmpty() ? Adds.SENDER : Adds.SUBJECT;
        return new Outcome.Refused(
                "incomplete",
                "the header " + header + " is missing or empty, and the platform takes no thread without it");
    }

    private Outcome resume(Inbound inbound, Attempt attempt, Standing standing) {
        boolean over = rows.over(standing, attempt);
        Optional<Outcome> found = look(inbound, attempt, over ? attempt.since() : standing.oldest(), over);
        if (found.isPresent()) {
            return found.get();
        }
        if (!over) {
            rows.looked(inbound, attempt);
            throw AddWaits.notThereYet(attempt.looks());
        }
        return send(inbound, attempt);
    }

    private Outcome send(Inbound inbound, Attempt before) {
        waits.whileThrottled(inbound);
        pauses.admit(inbound.connection());
        Intent intent = new Intent(inbound, before, serverTime(inbound));
        CreatedThread thread;
        try {
            thread = platform.add(inbound, intent);
        } catch (ConnectorException e) {
            if (!intent.written) {
                throw AddWaits.later(e);
            }
            return failed(inbound, before, e);
        }
        pauses.served(inbound.connection());
        Optional<Outcome> created = rows.created(inbound, thread);
        if (created.isEmpty()) {
            rows.answered(inbound);
            throw AddWaits.threadTaken();
        }
        if (created.get() instanceof Outcome.Added added && !added.thread().equals(thread.id())) {
            LOG.errorf(
                    "%s: the platform has two threads, %s and %s: a request that was given up came through",
                    inbound, added.thread(), thread.id());
        }
        meters.added(inbound, "created");
        return created.get();
    }

    private Outcome failed(Inbound inbound, Attempt before, ConnectorException e) {
        switch (e.failure()) {
            case INVALID -> {
                return refused(inbound, "refused-400", e);
            }
            case FORBIDDEN -> {
                return refused(inbound, "refused-403", e);
            }
            case TOO_LARGE -> {
                return refused(inbound, "refused-413", e);
            }
            case UNAUTHORIZED, NOT_FOUND, RATE_LIMITED, UNREACHABLE, STOPPED -> {
                rows.takeBack(inbound, before);
                throw waits.unsent(inbound, e);
            }
            case TOO_HEAVY, CONFLICT, UNAVAILABLE, UNEXPECTED -> {
                rows.answered(inbound);
                return unknown(inbound, e);
            }
            default -> {
                return unknown(inbound, e);
            }
        }
    }

    /** Certainly not carried out, and never will be as it stands. When it comes again all the same, it is tried again. */
    private Outcome refused(Inbound inbound, String code, ConnectorException e) {
        pauses.served(inbound.connection());
        rows.forget(inbound);
        meters.refused(inbound, code);
        return new Outcome.Refused(code, e.getMessage());
    }

    private Outcome unknown(Inbound inbound, ConnectorException e) {
        LOG.infof("%s: not known whether the thread was made: %s", inbound, e.getMessage());
        pauses.failed(inbound.connection(), e.getMessage());
        Attempt attempt = rows.standing(inbound).attempt().orElse(null);
        if (attempt == null) {
            throw new PostponedException(Duration.ZERO, "somebody else has resolved it");
        }
        Optional<Outcome> found = look(inbound, attempt, attempt.since(), false);
        if (found.isPresent()) {
            return found.get();
        }
        rows.looked(inbound, attempt);
        throw AddWaits.notThereYet(0);
    }

    private Optional<Outcome> look(Inbound inbound, Attempt attempt, long since, boolean over) {
        List<CreatedThread> threads;
        try {
            pauses.admitLook(inbound.connection());
            waits.whileThrottled(inbound);
            threads = looks.since(inbound.connection(), Math.min(since, attempt.since()), over || attempt.looks() == 0);
        } catch (ConnectorException e) {
            throw waits.unseen(inbound, e);
        }
        pauses.lookServed(inbound.connection());
        Optional<Outcome> found = resolution.of(inbound, threads, over);
        found.ifPresent(outcome -> {
            if (outcome instanceof Outcome.Refused refused) {
                meters.refused(inbound, refused.code());
            } else {
                meters.added(inbound, "adopted");
            }
        });
        return found;
    }

    private long serverTime(Inbound inbound) {
        try {
            return platform.now(inbound.connection()).toEpochMilli();
        } catch (ConnectorException e) {
            throw waits.unseen(inbound, e);
        }
    }

    /** Is written down when the request has its slot, so that no long wait lies between it and the request. */
    private final class Intent implements BeforeSending {
        private final Inbound inbound;
        private final Attempt before;
        private final long since;
        private boolean written;

        Intent(Inbound inbound, Attempt before, long since) {
            this.inbound = inbound;
            this.before = before;
            this.since = since;
        }

        @Override
        public void run() {
            written = before == null ? rows.begin(inbound, since) : rows.again(inbound, before);
            if (written && before != null) {
                LOG.infof("%s: nothing came of request %d, it is repeated", inbound, before.requests());
            }
            if (!written) {
                pauses.untried(inbound.connection());
                throw AddWaits.behindOneLikeIt();
            }
        }
    }
}
