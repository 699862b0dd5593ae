package io.threadpost.journey;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import jakarta.inject.Singleton;

import io.threadpost.journey.Arrivals.Item;
import io.threadpost.journey.Arrivals.Texts;
import io.threadpost.journey.Journey.Hit;
import io.threadpost.journey.Journey.Version;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** Finds journeys, and tells what is known about a thread, a mail, a reply or an item. */
@Singleton
public final class Journeys {
    /** Versions and mails of one journey. */
    private static final int MOST = 200;
    /** Blocks that are looked up at once. */
    private static final int BLOCKS = 200;

    private final Ledger ledger;

    Journeys(Ledger ledger) {
        this.ledger = ledger;
    }

    /**
     * Tells all that is known about an id.
     *
     * @param id of a thread; of a version, as {@code Id@UpdatedUtc}; the key of an item; a Message-ID; the Id of a
     *     message of the platform; or {@code mail:NUMBER}, as {@link Hit#id} names a mail
     */
    public Journey of(String id) {
        return ledger.read(tx -> {
            Set<String> threads = new LinkedHashSet<>();
            Set<Long> mails = new LinkedHashSet<>(MailJourneys.numbers(tx, id, MOST));
            Set<String> replies = new LinkedHashSet<>(MailJourneys.replies(tx, id, MOST));
            List<Version> versions = new ArrayList<>(StoredJourneys.versions(tx, id));
            int at = id.lastIndexOf('@');
            if (versions.isEmpty() && at > 0) {
                StoredJourneys.versions(tx, id.substring(0, at)).stream()
                        .filter(version -> sameTime(version, id.substring(at + 1)))
                        .forEach(versions::add);
            }
            // The item that became the thread, unless it is a mail's.
            for (String key : MailJourneys.keys(tx, id)) {
                if (mails.isEmpty() && !key.equals(id)) {
                    versions.addAll(0, StoredJourneys.versions(tx, key));
                }
            }
            List<Journey.Mail> told = new ArrayList<>();
            for (long number : mails) {
                MailJourneys.mail(tx, number).ifPresent(told::add);
            }
            List<Journey.Reply> answers = new ArrayList<>();
            for (String message : replies) {
                MailJourneys.reply(tx, message).ifPresent(answers::add);
            }
            // The item of a mail or a reply is in their journey.
            versions.removeIf(version -> version.updatedUtc() == null
                    && (told.stream().anyMatch(mail -> version.equals(mail.item()))
                            || answers.stream().anyMatch(reply -> version.equals(reply.item()))));
            return new Journey(id, versions, told, answers);
        });
    }

    private static boolean sameTime(Version version, String text) {
        try {
            return version.updatedUtc() != null && version.updatedUtc().equals(Instant.parse(text));
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** @return what matches, the newest first */
    public List<Hit> find(JourneySearch search) {
        return ledger.read(tx -> {
            List<Hit> hits = new ArrayList<>(MailJourneys.find(tx, search));
            if (search.messageId() == null) {
                hits.addAll(threads(tx, search));
            }
            hits.sort(Comparator.comparing(Hit::at).reversed());
            return List.copyOf(hits.subList(0, Math.min(search.limit(), hits.size())));
        });
    }

    private static List<Hit> threads(Transaction tx, JourneySearch search) throws SQLException {
        List<Hit> hits = new ArrayList<>();
        long below = Long.MAX_VALUE;
        List<StoredJourneys.Block> blocks;
        do {
            blocks = blocks(tx, search, below);
            for (int i = 0; i < blocks.size() && hits.size() < search.limit(); i++) {
                threads(tx, search, blocks.get(i), hits);
                below = blocks.get(i).id();
            }
        } while (blocks.size() == BLOCKS && hits.size() < search.limit());
        return hits;
    }

    private static List<StoredJourneys.Block> blocks(Transaction tx, JourneySearch search, long below)
            throws SQLException {
        return tx.list(
                "SELECT id, at, connection, pull_window, page FROM journey_arrival WHERE id < ? AND at >= ? AND at < ?"
                        + " AND page > 0 ORDER BY id DESC LIMIT " + BLOCKS,
                row -> new StoredJourneys.Block(
                        row.getLong(1),
                        Instant.ofEpochMilli(row.getLong(2)),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5)),
                below,
                search.from().toEpochMilli(),
                search.to().toEpochMilli());
    }

    private static void threads(Transaction tx, JourneySearch search, StoredJourneys.Block block, List<Hit> hits)
            throws SQLException {
        byte[][] content = StoredJourneys.content(tx, block.id()).orElse(null);
        if (content == null) {
            return;
        }
        List<Texts> texts = Arrivals.texts(content[1]);
        List<Item> items = null;
        for (int i = 0; i < texts.size() && hits.size() < search.limit(); i++) {
            Texts one = texts.get(i);
            if (has(one.subject(), search.subject()) && has(one.sender(), search.sender())) {
                items = items == null ? Arrivals.decode(content[0]) : items;
                if (items.get(i).id() != null) {
                    hits.add(new Hit(
                            "thread", items.get(i).id(), block.at(), block.connection(), one.subject(), one.sender()));
                }
            }
        }
    }

    private static boolean has(String text, String part) {
        return part == null || text != null && lower(text).contains(lower(part));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
