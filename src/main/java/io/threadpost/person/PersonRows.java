package io.threadpost.person;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;

import io.threadpost.journey.JourneyErasure;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.ErasedMails;
import io.threadpost.mail.MailConstants;
import io.threadpost.person.LedgerTexts.Column;
import io.threadpost.person.PersonTraces.OwnMail;
import io.threadpost.spool.Spools;

/**
 * Erases a person from the rows of the ledger. Each method can be repeated. What exactly-once needs stays under keyed
 * hashes: the identity of a mail, and which add owns which thread of the platform.
 */
@Singleton
final class PersonRows {
    private static final int PART = 256 * 1024;
    /** In a query: SQLite limits the depth of an expression. */
    private static final int PATTERNS = 100;
    /** Characters of a pattern: SQLite limits that, too. */
    private static final int LONGEST = 200;

    private final Ledger ledger;
    private final Spools spools;
    private final ErasedMails erased;
    private final JourneyErasure journeys;

    PersonRows(Ledger ledger, Spools spools, ErasedMails erased, JourneyErasure journeys) {
        this.ledger = ledger;
        this.spools = spools;
        this.erased = erased;
        this.journeys = journeys;
    }

    /** Reduces a mail of the person to its number and hashes. Its item must have left the spools before. */
    void eraseMail(OwnMail mail) {
        List<String> waiting = ledger.write(tx -> {
            String identity = erased.identity(tx, mail.identity());
            String key = mail.mailbox() + "/" + identity;
            tx.update("DELETE FROM mail_raw WHERE mail = ?", mail.number());
            tx.update("DELETE FROM mail_reading WHERE mail = ?", mail.number());
            tx.update("DELETE FROM mail_reference WHERE mail = ?", mail.number());
            tx.update("DELETE FROM mail_conversation WHERE mail = ?", mail.number());
            // Which messages of the platform belong to its adds stays in message_owner.
            tx.update("DELETE FROM message_add WHERE mail = ?", mail.number());
            tx.update(
                    "UPDATE thread_add SET item_key = ?, state = CASE WHEN state = 'adding' THEN 'refused' ELSE state"
                            + " END, pair = NULL, sender = NULL, subject = NULL, thread = NULL, code = ?, words = NULL"
                            + " WHERE connection = ? AND item_key = ?",
                    key,
                    ErasedMails.REASON,
                    mail.connection(),
                    mail.key());
            tx.update(
                    "UPDATE add_thread SET item_key = ? WHERE connection = ? AND item_key = ?",
                    key,
                    mail.connection(),
                    mail.key());
            eraseMessageIds(tx, mail.number());
            List<String> others = tx.texts("SELECT item_key FROM mail WHERE waits_for = ?", mail.number());
            tx.update("UPDATE mail SET waits_for = NULL WHERE waits_for = ?", mail.number());
            spools.hasten(tx, MailConstants.SPOOL, others);
            tx.update(
                    "UPDATE mail SET identity = ?, item_key = ?, state = CASE WHEN state = 'thread' THEN 'thread'"
                            + " ELSE 'discarded' END, reason = ?, why = 'its person was erased', thread = NULL,"
                            + " sender = NULL, sender_text = NULL, subject = NULL, fingerprint = NULL,"
                            + " waits_for = NULL, written = NULL, release_sender = NULL,"
                            + " release_subject = NULL, changed = ?, purged = ? WHERE id = ?",
                    identity,
                    key,
                    ErasedMails.REASON,
                    tx.now(),
                    tx.now(),
                    mail.number());
            return others;
        });
        if (!waiting.isEmpty()) {
            spools.wake(List.of(MailConstants.SPOOL));
        }
    }

    private void eraseMessageIds(Transaction tx, long mail) throws SQLException {
        List<String> ids = tx.texts(
                "SELECT DISTINCT message_id FROM mailbox_mail WHERE mail = ? AND message_id IS NOT NULL", mail);
        for (String id : ids) {
            tx.update(
                    "UPDATE mailbox_mail SET message_id = ? WHERE mail = ? AND message_id = ?",
                    erased.messageId(tx, id),
                    mail,
                    id);
        }
    }

    /**
     * Everything of the person must have left the spools before: what a worker still delivers would not be found again.
     *
     * @param keys of the person's items that were removed
     * @return versions and items that were removed from journeys
     */
    int eraseJourneys(PersonTraces traces, Set<String> keys) {
        Set<String> ids = new HashSet<>(keys);
        ids.addAll(traces.threads());
        ids.addAll(traces.replies());
        traces.mails().forEach(mail -> ids.add(mail.key()));
        PersonMatcher address = new PersonMatcher(traces.address(), List.of());
        return ledger.write(tx -> journeys.erase(tx, ids, address::finds));
    }

    /** @return conversations and replies that were removed */
    int eraseConversations(PersonTraces traces) {
        return ledger.write(tx -> {
            int removed = tx.update("DELETE FROM conversation WHERE guest = ?", traces.address());
            for (String thread : traces.threads()) {
                removed += tx.update("DELETE FROM conversation WHERE thread = ?", thread);
                removed += tx.update("DELETE FROM reply WHERE thread = ?", thread);
                // Of no mail are the reports of replies that the mail server refused: they name the guest.
                tx.update("DELETE FROM message_add WHERE mail = 0 AND thread = ?", thread);
            }
            for (String reply : traces.replies()) {
                removed += tx.update("DELETE FROM reply WHERE message = ?", reply);
            }
            return removed;
        });
    }

    /** @return whether the person's mail or message may have reached the platform, and nobody knows */
    long unresolved(List<OwnMail> mails) {
        return ledger.read(tx -> {
            long unresolved = 0;
            for (OwnMail mail : mails) {
                unresolved += tx.list(
                                "SELECT 1 FROM thread_add WHERE connection = ? AND item_key = ? AND state = 'adding'"
                                        + " UNION ALL SELECT 1 FROM message_add WHERE mail = ? AND state = 'adding'",
                                row -> 1,
                                mail.connection(),
                                mail.key(),
                                mail.number())
                        .size();
            }
            return unresolved;
        });
    }

    /**
     * Masks the person in the mail of somebody else, and in what was read in it.
     *
     * @return false when that mail is in progress: its texts must not change before it is settled
     */
    boolean maskMail(long number, byte[] raw, MailMask mask, PersonMatcher matcher) {
        return ledger.write(tx -> {
            boolean open = tx.exists(
                    "SELECT 1 FROM mail m WHERE m.id = ? AND (m.state = 'waiting' OR EXISTS (SELECT 1 FROM"
                            + " thread_add a WHERE a.connection = m.connection AND a.item_key = m.item_key"
                            + " AND a.state = 'adding'))"
                            + (tx.dialect().shared() ? " FOR UPDATE OF m" : ""),
                    number);
            if (open) {
                return false;
            }
            byte[] masked = mask.mask(raw);
            tx.update("DELETE FROM mail_raw WHERE mail = ?", number);
            List<Object[]> parts = new ArrayList<>();
            for (int from = 0; from < masked.length; from += PART) {
                byte[] part = Arrays.copyOfRange(masked, from, Math.min(masked.length, from + PART));
                parts.add(new Object[] {number, parts.size(), part});
            }
            tx.batch("INSERT INTO mail_raw (mail, part, bytes) VALUES (?, ?, ?)", parts);
            maskReading(tx, number, matcher);
            return true;
        });
    }

    /** Masks the person in what was read in the mails of others. */
    int maskReadings(PersonMatcher matcher, String address) {
        int masked = 0;
        List<Long> mails = ledger.read(tx -> tx.list(
                "SELECT r.mail FROM mail_reading r JOIN mail m ON m.id = r.mail WHERE m.state <> 'waiting'"
                        + " AND (LOWER(r.reading) LIKE ? ESCAPE '\\' OR LOWER(r.verdict) LIKE ? ESCAPE '\\')",
                row -> row.getLong(1),
                like(local(address)),
                like(local(address))));
        for (long mail : mails) {
            masked += ledger.write(tx -> maskReading(tx, mail, matcher));
        }
        return masked;
    }

    private static int maskReading(Transaction tx, long mail, PersonMatcher matcher) throws SQLException {
        List<String[]> texts = tx.list(
                "SELECT reading, verdict FROM mail_reading WHERE mail = ?",
                row -> new String[] {row.getString(1), row.getString(2)},
                mail);
        int changed = 0;
        for (String[] text : texts) {
            String reading = maskJson(text[0], matcher);
            String verdict = text[1] == null ? null : maskJson(text[1], matcher);
            if (!reading.equals(text[0]) || verdict != null && !verdict.equals(text[1])) {
                changed += tx.update(
                        "UPDATE mail_reading SET reading = ?, verdict = ? WHERE mail = ?", reading, verdict, mail);
            }
        }
        return changed;
    }

    static String maskJson(String text, PersonMatcher matcher) {
        return matcher.finds(text) ? masked(PersonFinder.json(text), matcher).toString() : text;
    }

    private static JsonNode masked(JsonNode node, PersonMatcher matcher) {
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> object.set(name, masked(object.get(name), matcher)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i), matcher));
            }
        }
        return node instanceof TextNode text ? TextNode.valueOf(matcher.mask(text.textValue())) : node;
    }

    /**
     * Masks the person in all other texts, such as errors.
     *
     * @param personal whether also in those that may link a mail or thread to the person
     */
    int maskTexts(PersonMatcher matcher, PersonTraces traces, boolean personal) {
        int masked = 0;
        // Errors may quote a full name or a subject alone; one or two words may be anybody's subject.
        List<String> subjects = traces.subjects().stream()
                .filter(subject -> subject.split("\\s+").length > 2)
                .toList();
        List<String> quoted = Stream.concat(
                        traces.names().stream().filter(name -> name.strip().indexOf(' ') > 0), subjects.stream())
                .toList();
        PersonMatcher quotes = new PersonMatcher(traces.address(), quoted);
        // A first name is also another guest's, or a word: it is masked beside the address only.
        PersonMatcher beside = new PersonMatcher(
                traces.address(),
                Stream.concat(traces.names().stream(), subjects.stream()).toList());
        for (Column column : ledger.read(LedgerTexts::columns)) {
            if (column.isMasked() && (personal || !column.isPersonal())) {
                boolean free = !column.isPersonal();
                List<String> wanted = free ? quoted : List.of();
                for (String value : values(column, traces.address(), wanted, column.condition())) {
                    boolean named = matcher.finds(value);
                    PersonMatcher used = free ? named ? beside : quotes : matcher;
                    String without = used.mask(value);
                    if ((free || named) && !without.equals(value)) {
                        masked += ledger.write(tx -> tx.update(
                                "UPDATE " + column.table() + " SET " + column.name() + " = ? WHERE " + column.name()
                                        + " = ? AND " + column.condition(),
                                without,
                                value));
                    }
                }
            }
        }
        return masked;
    }

    /** @return where the address is still found in a text, each as table and column */
    List<String> remaining(PersonMatcher matcher, String address) {
        return ledger.read(LedgerTexts::columns).stream()
                .filter(Column::isMasked)
                .filter(column ->
                        values(column, address, List.of(), "TRUE").stream().anyMatch(matcher::finds))
                .map(Column::toString)
                .toList();
    }

    private List<String> values(Column column, String address, List<String> texts, String condition) {
        List<String> patterns = new ArrayList<>(List.of(like(local(address))));
        texts.forEach(text -> patterns.add(like(text)));
        Set<String> values = new LinkedHashSet<>();
        for (int from = 0; from < patterns.size(); from += PATTERNS) {
            List<String> some = patterns.subList(from, Math.min(patterns.size(), from + PATTERNS));
            String found = String.join(
                    " OR ", Collections.nCopies(some.size(), "LOWER(" + column.name() + ") LIKE ? ESCAPE '\\'"));
            values.addAll(ledger.read(tx -> tx.texts(
                    "SELECT DISTINCT " + column.name() + " FROM " + column.table() + " WHERE (" + found + ") AND "
                            + condition,
                    some.toArray())));
        }
        return List.copyOf(values);
    }

    private static String local(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf('@')));
    }

    /** Databases compare only ASCII without regard to case, and texts escape the rest: what is found is looked at. */
    private static String like(String text) {
        String begin = text.substring(0, Math.min(LONGEST, text.length()));
        return "%"
                + begin.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._-]+", "%")
                        .replace("_", "\\_") + "%";
    }
}
