package io.threadpost.example;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessageThread;
import io.threadpost.connector.PlatformClient;
import io.threadpost.connector.Priority;
import io.threadpost.json.RawJson;
import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailRepository;
import io.threadpost.mail.MailStatus;
import io.threadpost.preview.Given;
import io.threadpost.settings.ConnectionSettings;
import io.threadpost.settings.Settings;
import io.threadpost.spool.StoredItems;
import io.threadpost.spool.StoredItems.RecentItem;

/** Threads and mails that passed, as they came: from the ledger, or from the platform. */
@Singleton
public final class PassedInputs {
    /** Parcels that are searched, the newest ones: content has no index. */
    private static final int PARCELS = 200;

    private static final int ITEMS = 1000;
    private static final Pattern PLATFORM_ID =
            Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}(@.*)?");

    private final StoredItems storedItems;
    private final MailStatus mails;
    private final MailRepository mailRepository;
    private final PlatformClient platform;
    private final Settings settings;

    PassedInputs(
            StoredItems storedItems,
            MailStatus mails,
            MailRepository mailRepository,
            PlatformClient platform,
            Settings settings) {
        this.storedItems = storedItems;
        this.mails = mails;
        this.mailRepository = mailRepository;
        this.platform = platform;
        this.settings = settings;
    }

    /**
     * What passed.
     *
     * @param key of the thread, or {@code mail:NUMBER}
     */
    public record Passed(String key, Given given) {
        /** @return the thread as the platform wrote it; only of a thread */
        public byte[] thread() {
            return given.threads().get(0).toBytes();
        }

        public String connection() {
            return given.connection();
        }
    }

    /**
     * @param id of a thread, or {@code Id@UpdatedUtc} of one version
     * @return the newest version that the ledger has, or else the one that the platform has; empty when neither does
     * @throws ConnectorException when no connection has it, and one could not be asked
     */
    public Optional<Passed> thread(String id) {
        AtomicReference<Passed> kept = new AtomicReference<>();
        storedItems.visitNewest(PARCELS, ITEMS, item -> {
            String key = item.item().key();
            if (key != null && (key.equals(id) || key.startsWith(id + "@"))) {
                passed(item).ifPresent(kept::set);
            }
            return kept.get() == null;
        });
        return Optional.ofNullable(kept.get()).or(() -> fromPlatform(id));
    }

    private Optional<Passed> fromPlatform(String id) {
        if (!PLATFORM_ID.matcher(id).matches()) {
            return Optional.empty();
        }
        ConnectorException failed = null;
        for (ConnectionSettings connection : settings.connections()) {
            try {
                Optional<Passed> found = fromPlatform(id, connection.name());
                if (found.isPresent()) {
                    return found;
                }
            } catch (ConnectorException e) {
                // The platform answers 400 to an identifier that does not exist.
                failed = e.failure() == ConnectorFailure.INVALID ? failed : e;
            }
        }
        if (failed != null) {
            throw failed;
        }
        return Optional.empty();
    }

    private Optional<Passed> fromPlatform(String id, String connection) {
        List<MessageThread> threads = platform.getThreads(
                        connection,
                        Priority.LIVE,
                        Map.of(
                                "MessageThreadIds",
                                List.of(id.replaceFirst("@.*", "")),
                                "Limitation",
                                Map.of("Count", 1)))
                .threads();
        if (threads.isEmpty()) {
            return Optional.empty();
        }
        MessageThread thread = threads.get(0);
        String key = thread.id() + "@" + thread.updatedUtc();
        // The platform has the newest version alone.
        return id.contains("@") && !id.equals(key)
                ? Optional.empty()
                : Optional.of(new Passed(key, Given.threads(List.of(thread.json()), connection, List.of())));
    }

    /** @return empty when there is no such mail, or its bytes are gone */
    public Optional<Passed> mail(long number) {
        return mailRepository.find(number).filter(mail -> !mail.purged()).map(this::passed);
    }

    /** @return the last threads and the last mails, up to the limit of each, the newest first */
    public List<Passed> newest(int most) {
        Map<String, Passed> threads = new LinkedHashMap<>();
        storedItems.visitNewest(PARCELS, ITEMS, item -> {
            if (!threads.containsKey(item.item().key())) {
                passed(item).ifPresent(passed -> threads.put(passed.key(), passed));
            }
            return threads.size() < most;
        });
        List<Passed> newest = new ArrayList<>(threads.values());
        mails.newest(Long.MAX_VALUE, most).stream()
                .filter(mail -> !mail.purged())
                .forEach(mail -> newest.add(passed(mail)));
        return newest;
    }

    /** An item is a thread when its body has the fields that its key has. */
    private static Optional<Passed> passed(RecentItem recent) {
        if (!(recent.item().body() instanceof RawJson json)) {
            return Optional.empty();
        }
        try {
            String key = json.get("Id") + "@" + json.get("UpdatedUtc");
            return key.equals(recent.item().key())
                    ? Optional.of(new Passed(
                            key, Given.threads(List.of(json), recent.item().connection(), List.of())))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Passed passed(MailRecord mail) {
        try (InputStream raw = mailRepository.raw(mail.number())) {
            return new Passed(
                    "mail:" + mail.number(),
                    new Given(
                            List.of(),
                            Map.of(),
                            raw.readAllBytes(),
                            mail.connection(),
                            mail.received(),
                            null,
                            List.of()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
