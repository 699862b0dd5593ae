package io.threadpost.pull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessageThread;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.json.RawJson;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Finds out which enterprise of its connection each thread belongs to, since the platform does not say. Threads are
 * asked for by id, among parts of the enterprises: each enterprise is in half of the parts, and in another half than
 * all others. So a dozen requests find the enterprises of a page's threads, however many these are. A thread keeps its
 * enterprise, so an update in between changes nothing; one that is gone from some answers is in too few, which shows.
 */
@Singleton
public final class EnterpriseLookup {
    private static final Logger LOG = Logger.getLogger(EnterpriseLookup.class);
    /** Threads that the platform takes in a request. */
    private static final int THREADS = 1000;
    /** Threads whose enterprise is remembered: most are updated several times within a short time. */
    private static final int REMEMBERED = 20_000;

    private static final int ATTEMPTS = 2;
    private static final String FIELD = "EnterpriseId";

    private final PlatformClient platform;
    private final boolean field;
    private final Map<String, EnterpriseCode> codes = new ConcurrentHashMap<>();
    private final Map<String, String> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > REMEMBERED;
        }
    };

    EnterpriseLookup(PlatformClient platform, Settings settings) {
        this.platform = platform;
        this.field = settings.get(SettingsCatalogue.PULL_ENTERPRISE_FIELD);
        boolean on = settings.get(SettingsCatalogue.PULL_ENTERPRISE_LOOKUP);
        for (ConnectionSettings connection : settings.connections()) {
            if (on && !connection.enterpriseIds().isEmpty()) {
                codes.put(
                        connection.name(),
                        new EnterpriseCode(connection.enterpriseIds().stream()
                                .map(id -> id.toLowerCase(Locale.ROOT))
                                .distinct()
                                .toList()));
            }
        }
    }

    /**
     * @param threads ids; one request for many costs no more than for one
     * @return the enterprise of each thread; without those that the platform stopped returning meanwhile, and empty for
     *     a connection without {@code enterprise-ids}, or when the look-up is off
     * @throws ConnectorException when the platform does not answer
     */
    public Map<String, String> find(String connection, Priority priority, Collection<String> threads) {
        EnterpriseCode code = codes.get(connection);
        Map<String, String> found = new HashMap<>();
        if (code == null) {
            return found;
        }
        List<String> unknown = new ArrayList<>();
        for (String thread : new LinkedHashSet<>(threads)) {
            String enterprise = code.parts() == 0 ? code.only() : recall(connection, thread);
            if (enterprise == null) {
                unknown.add(thread);
            } else {
                found.put(thread, enterprise);
            }
        }
        try {
            for (int attempt = 0; attempt < ATTEMPTS && !unknown.isEmpty(); attempt++) {
                for (int from = 0; from < unknown.size(); from += THREADS) {
                    List<String> some = unknown.subList(from, Math.min(unknown.size(), from + THREADS));
                    ask(connection, priority, code, some, found);
                }
                unknown.removeIf(found::containsKey);
            }
        } catch (ConnectorException e) {
            if (e.failure() != ConnectorFailure.INVALID && e.failure() != ConnectorFailure.TOO_HEAVY) {
                throw e;
            }
            // Thrown, it would be taken for a refused cursor, or a window that is too large.
            LOG.warnf("%s: the enterprises of threads cannot be looked up: %s", connection, e.getMessage());
            unknown.removeIf(found::containsKey);
        }
        if (!unknown.isEmpty()) {
            LOG.warnf(
                    "%s: %d threads, such as %s, are delivered without their enterprise: the platform does not return"
                            + " them by their ids",
                    connection, unknown.size(), unknown.get(0));
        }
        return found;
    }

    /**
     * @param enterprise null if it is unknown
     * @return the thread with the field that names its enterprise, unless that is off
     */
    public RawJson named(RawJson thread, String enterprise) {
        return enterprise == null || !field ? thread : thread.with(Map.of(FIELD, enterprise));
    }

    private void ask(
            String connection,
            Priority priority,
            EnterpriseCode code,
            List<String> threads,
            Map<String, String> found) {
        Map<String, Integer> words = new HashMap<>();
        for (int part = 0; part < code.parts(); part++) {
            for (String thread : among(connection, priority, code.part(part), threads)) {
                words.merge(thread, 1 << part, (word, bit) -> word | bit);
            }
        }
        for (String thread : threads) {
            String enterprise = code.enterprise(words.getOrDefault(thread, 0));
            if (enterprise != null) {
                found.put(thread, enterprise);
                remember(connection, thread, enterprise);
            }
        }
    }

    /** @return those of the threads that belong to one of the enterprises */
    private List<String> among(String connection, Priority priority, List<String> enterprises, List<String> threads) {
        try {
            return platform
                    .getThreads(
                            connection,
                            priority,
                            Map.of(
                                    "EnterpriseIds",
                                    enterprises,
                                    "MessageThreadIds",
                                    threads,
                                    "Limitation",
                                    Map.of("Count", threads.size())))
                    .threads()
                    .stream()
                    .map(MessageThread::id)
                    .toList();
        } catch (ConnectorException e) {
            if (e.failure() == ConnectorFailure.TOO_HEAVY && threads.size() > 1) {
                int half = threads.size() / 2;
                List<String> both = new ArrayList<>(among(connection, priority, enterprises, threads.subList(0, half)));
                both.addAll(among(connection, priority, enterprises, threads.subList(half, threads.size())));
                return both;
            }
            throw e;
        }
    }

    private String recall(String connection, String thread) {
        synchronized (remembered) {
            return remembered.get(connection + " " + thread);
        }
    }

    private void remember(String connection, String thread, String enterprise) {
        synchronized (remembered) {
            remembered.put(connection + " " + thread, enterprise);
        }
    }
}
