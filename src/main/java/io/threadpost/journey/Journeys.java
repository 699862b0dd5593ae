package io.threadpost.journey;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.threadpost.journey.Journey.Hit;
import io.threadpost.journey.Journey.Version;
import io.threadpost.journey.StoredArrivals.Item;
import io.threadpost.journey.StoredArrivals.Texts;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** Finds journeys, and tells what is known about a thread, a mail, a reply or an item. */
@Singleton
public final class Journeys {
    /** Versions and mails of one journey. */
    private static final int MOST = 200;
    /** Blocks that are looked up at once: of the largest pages, as many threads as one search reads. */
    private static final int BLOCKS = 50;
    /** Threads that one search reads. */
    private static final int MOST_READ = 50_000;
    /** A block takes as long as so many threads. */
    private static final int BLOCK_COST = 3;

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

    /**
     * What a search found.
     *
     * @param hits the newest first
     * @param before the time before which not everything was looked at, to search on from there; null when all was
     *     looked at, or there are hits enough
     */
    public record SearchResult(List<Hit> hits, Instant before) {}

    /** Finds what matches. It reads some ten thousand threads and mails, so that it takes no time from others. */
    public SearchResult find(JourneySearch search) {
        return ledger.read(tx -> {
            List<Hit> hits = new ArrayList<>(MailJourneys.findReplies(tx, search));
            List<Hit> mails = new ArrayList<>();
            Optional<Instant> before = MailJourneys.findMails(tx, search, mails);
            hits.addAll(mails);
            if (search.messageId() == null) {
                List<Hit> threads = new ArrayList<>();
                Optional<Instant> threadsBefore = threads(tx, search, threads);
                before = Stream.of(before, threadsBefore)
                        .flatMap(Optional::stream)
                        .max(Comparator.naturalOrder());
                hits.addAll(threads);
            }
            hits.sort(Comparator.comparing(Hit::at).reversed());
            return hits.size() < search.limit()
                    ? new SearchResult(List.copyOf(hits), before.orElse(null))
                    : new SearchResult(List.copyOf(hits.subList(0, search.limit())), null);
        });
    }

    private static Optional<Instant> threads(Transaction tx, JourneySearch search, List<Hit> hits) throws SQLException {
        long[] last = {search.to().toEpochMilli(), 0};
        int read = 0;
        int blocks;
        do {
            List<Integer> sizes = tx.list(
                    "SELECT a.id, a.at, a.connection, a.items, c.items, c.texts FROM journey_arrival a"
                            + " JOIN journey_content c ON c.arrival = a.id"
                            + " WHERE a.at <= ? AND (a.at < ? OR a.id < ?) AND a.at >= ? AND a.page > 0"
                            + " ORDER BY a.at DESC, a.id DESC LIMIT " + BLOCKS,
                    row -> {
                        last[0] = row.getLong(2);
                        last[1] = row.getLong(1);
                        threads(search, row, hits);
                        return row.getInt(4);
                    },
                    last[0],
                    last[0],
                    last[1],
                    search.from().toEpochMilli());
            blocks = sizes.size();
            read += sizes.stream().mapToInt(Integer::intValue).sum() + blocks * BLOCK_COST;
        } while (blocks == BLOCKS && hits.size() < search.limit() && read < MOST_READ);
        return blocks < BLOCKS || hits.size() >= search.limit()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochMilli(last[0] + 1));
    }

    private static void threads(JourneySearch search, ResultSet row, List<Hit> hits) throws SQLException {
        List<Texts> texts = StoredArrivals.texts(row.getBytes(6));
        List<Item> items = null;
        for (int i = 0; i < texts.size() && hits.size() < search.limit(); i++) {
            Texts one = texts.get(i);
            if (search.matches(one.subject(), one.sender())) {
                items = items == null ? StoredArrivals.decode(row.getBytes(5)) : items;
                if (items.get(i).id() != null) {
                    hits.add(new Hit(
                            "thread",
                            items.get(i).id(),
                            Instant.ofEpochMilli(row.getLong(2)),
                            row.getString(3),
                            one.subject(),
                            one.sender()));
                }
            }
        }
    }
}
