package io.threadpost.person;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.MailRepository;
import io.threadpost.mail.mime.Address;
import io.threadpost.mail.mime.AddressParser;
import io.threadpost.mail.mime.MimeMail;
import io.threadpost.mail.mime.MimeReader;
import io.threadpost.person.PersonTraces.Item;
import io.threadpost.person.PersonTraces.OwnMail;
import io.threadpost.spool.SpoolContents;

/** Finds what is held about a person, by the address. It reads every mail and every item that the ledger holds. */
@Singleton
final class PersonFinder {
    /** A larger mail of somebody else is not looked into. */
    static final long LARGEST = 64L << 20;

    /** What is found is kept in memory, with each subject in all its forms. */
    private static final int MOST_THREADS = 20_000;

    private static final JsonMapper JSON = new JsonMapper();

    private final Ledger ledger;
    private final MailRepository mails;
    private final SpoolContents spools;
    private final PersonFiles files;

    PersonFinder(Ledger ledger, MailRepository mails, SpoolContents spools, PersonFiles files) {
        this.ledger = ledger;
        this.mails = mails;
        this.spools = spools;
        this.files = files;
    }

    /** What is known so far. */
    private static final class Search {
        private final String address;
        private final PersonMatcher matcher;
        private final Set<String> names = new TreeSet<>();
        private final Set<String> subjects = new TreeSet<>();
        private final Set<String> threads = new TreeSet<>();
        private final Set<String> replies = new TreeSet<>();
        private final List<OwnMail> own = new ArrayList<>();
        private final List<Stored> others = new ArrayList<>();
        private final int most;

        Search(String address, int most) {
            this.address = address;
            this.most = most;
            this.matcher = new PersonMatcher(address, List.of());
        }

        void thread(String id) {
            threads.add(id);
            if (threads.size() > most) {
                throw new TooManyThreadsException(most);
            }
        }

        /** Learns the names that a text gives the address. */
        void shown(String text) {
            if (text != null && matcher.finds(text)) {
                AddressParser.parse(text).stream()
                        .filter(one ->
                                one.canonical().equals(address) && !one.name().isBlank())
                        .forEach(one -> names.add(one.name()));
            }
        }

        void subject(String text) {
            if (text != null && text.strip().length() >= 8) {
                subjects.add(text.strip());
            }
        }
    }

    private record Stored(OwnMail mail, long bytes, String sender, String senderText, String subject, String reading) {}

    /**
     * @param address canonical
     * @throws TooManyThreadsException when it is no person's
     */
    PersonTraces find(String address) {
        return find(address, Optional.empty());
    }

    /**
     * @param address canonical
     * @param before what was found before a part of it was erased: the rest may be linked to the person by that alone
     */
    PersonTraces find(String address, Optional<PersonTraces> before) {
        // An erasure that has begun is not refused.
        Search search = new Search(address, before.isPresent() ? Integer.MAX_VALUE : MOST_THREADS);
        before.ifPresent(known -> {
            search.names.addAll(known.names());
            search.subjects.addAll(known.subjects());
            search.threads.addAll(known.threads());
            search.replies.addAll(known.replies());
        });
        ledger.read(tx -> {
            conversations(tx, search);
            return null;
        });
        mails(search);
        files.read(search.matcher, search::thread);
        int unreadable = spools.read(stored -> {
            if (stored.item().body() instanceof Map<?, ?> fields
                    && fields.get("OriginalSender") instanceof String sender
                    && search.matcher.finds(sender)
                    && fields.get("Id") instanceof String thread
                    && !thread.isBlank()) {
                search.thread(thread);
                search.shown(sender);
                search.subject(String.valueOf(fields.get("Subject")));
            }
        });
        ledger.read(tx -> {
            for (OwnMail mail : search.own) {
                threads(tx, search, mail);
            }
            replies(tx, search);
            return null;
        });
        List<Long> mentions = mentions(search);
        PersonTraces known = traces(search, mentions, List.of(), unreadable);
        ItemRule rule = new ItemRule(known);
        List<Item> items = new ArrayList<>();
        spools.read(stored -> {
            boolean own = rule.isOwn(stored);
            if (own || rule.edit(stored) != stored.item()) {
                items.add(new Item(
                        stored.spool(),
                        stored.state(),
                        stored.created(),
                        stored.item().key(),
                        own));
            }
        });
        return traces(search, mentions, items, unreadable);
    }

    /** Reads the items that are the person's alone, one at a time. */
    void items(PersonTraces traces, Consumer<SpoolContents.Stored> reader) {
        ItemRule rule = new ItemRule(traces);
        spools.read(stored -> {
            if (rule.isOwn(stored)) {
                reader.accept(stored);
            }
        });
    }

    private static PersonTraces traces(Search search, List<Long> mentions, List<Item> items, int unreadable) {
        return new PersonTraces(
                search.address,
                search.names,
                search.subjects,
                search.own,
                mentions,
                search.threads,
                search.replies,
                items,
                unreadable);
    }

    private static void conversations(Transaction tx, Search search) throws SQLException {
        tx.list(
                "SELECT thread, guest_name, subject FROM conversation WHERE guest = ?",
                row -> {
                    search.thread(row.getString(1));
                    if (row.getString(2) != null) {
                        search.names.add(row.getString(2));
                    }
                    search.subject(row.getString(3));
                    return null;
                },
                search.address);
    }

    private void mails(Search search) {
        for (Optional<Stored> next = mail(0);
                next.isPresent();
                next = mail(next.get().mail().number())) {
            Stored stored = next.get();
            if (isOwn(search, stored)) {
                search.own.add(stored.mail());
                search.subject(stored.subject());
            } else {
                search.others.add(new Stored(stored.mail(), stored.bytes(), null, null, null, null));
            }
        }
    }

    private Optional<Stored> mail(long after) {
        return ledger.read(tx -> tx.one(
                "SELECT m.id, m.mailbox, m.connection, m.identity, m.item_key, m.state, m.bytes, m.sender,"
                        + " m.sender_text, m.subject, r.reading FROM mail m LEFT JOIN mail_reading r ON r.mail = m.id"
                        + " WHERE m.purged IS NULL AND m.id > ? ORDER BY m.id LIMIT 1",
                row -> new Stored(
                        new OwnMail(
                                row.getLong(1),
                                row.getString(2),
                                row.getString(3),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6)),
                        row.getLong(7),
                        row.getString(8),
                        row.getString(9),
                        row.getString(10),
                        row.getString(11)),
                after));
    }

    /** A form's mail is its guest's, who is the one to reply to. */
    private boolean isOwn(Search search, Stored stored) {
        search.shown(stored.senderText());
        if (stored.reading() != null) {
            JsonNode reading = json(stored.reading());
            search.shown(reading.path("from").asText());
            search.shown(reading.path("replyTo").asText());
            return search.address.equals(stored.sender())
                    || search.matcher.finds(reading.path("from").asText())
                    || search.matcher.finds(reading.path("replyTo").asText());
        }
        try (InputStream raw = mails.raw(stored.mail().number())) {
            MimeMail mail = MimeReader.read(raw, Instant.EPOCH);
            List<Address> authors = new ArrayList<>(mail.from());
            authors.addAll(mail.replyTo());
            boolean own = authors.stream().anyMatch(author -> author.canonical().equals(search.address));
            if (own) {
                authors.forEach(author -> search.shown(author.text()));
                search.subject(mail.subject());
            }
            return own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored reading of the mail is not JSON", e);
        }
    }

    /** A mail may continue the thread of somebody else, which stays that one's. */
    private static void threads(Transaction tx, Search search, OwnMail mail) throws SQLException {
        List<String> found = new ArrayList<>(tx.texts(
                "SELECT thread FROM add_thread WHERE connection = ? AND item_key = ?", mail.connection(), mail.key()));
        found.addAll(tx.texts(
                "SELECT m.thread FROM mail m WHERE m.id = ? AND m.thread IS NOT NULL AND NOT EXISTS"
                        + " (SELECT 1 FROM conversation c WHERE c.thread = m.thread AND c.guest <> ?)",
                mail.number(),
                search.address));
        found.forEach(search::thread);
    }

    /** Also the bounces of replies, which are about the person. */
    private static void replies(Transaction tx, Search search) throws SQLException {
        tx.list("SELECT message, recipient FROM reply WHERE recipient IS NOT NULL", row -> {
            if (search.matcher.finds(row.getString(2))) {
                search.replies.add(row.getString(1));
            }
            return null;
        });
        for (String thread : search.threads) {
            search.replies.addAll(tx.texts("SELECT message FROM reply WHERE thread = ?", thread));
        }
        for (String reply : search.replies) {
            List<Long> bounces =
                    tx.list("SELECT mail FROM mail_conversation WHERE reply = ?", row -> row.getLong(1), reply);
            if (!bounces.isEmpty()) {
                search.others.stream()
                        .map(Stored::mail)
                        .filter(mail -> bounces.contains(mail.number()))
                        .forEach(search.own::add);
            }
        }
        Set<OwnMail> own = new HashSet<>(search.own);
        search.others.removeIf(other -> own.contains(other.mail()));
    }

    private List<Long> mentions(Search search) {
        List<Long> mentions = new ArrayList<>();
        MailMask mask = new MailMask(search.matcher);
        for (Stored other : search.others) {
            if (other.bytes() <= LARGEST && mask.finds(bytes(other.mail().number()))) {
                mentions.add(other.mail().number());
            }
        }
        return mentions;
    }

    byte[] bytes(long mail) {
        try (InputStream raw = mails.raw(mail)) {
            return raw.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
