package io.threadpost.person;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import jakarta.inject.Singleton;

import io.threadpost.json.JsonCodec;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.MailRepository;
import io.threadpost.mail.mime.Address;
import io.threadpost.person.PersonTraces.OwnMail;
import io.threadpost.spool.SpoolContents.Stored;
import io.threadpost.spool.SpoolItem;

/** Shows and exports what is held about a person. */
@Singleton
public final class PersonData {
    /** Rows of a mail, by its number. */
    private static final List<String> OF_MAIL = List.of(
            "mail WHERE id = ?",
            "mail_reading WHERE mail = ?",
            "mail_reference WHERE mail = ?",
            "mail_conversation WHERE mail = ?",
            "mailbox_mail WHERE mail = ?",
            "message_add WHERE mail = ?");

    private static final List<String> OF_ADD = List.of("thread_add", "add_thread");

    private final Ledger ledger;
    private final PersonFinder finder;
    private final PersonFiles files;
    private final MailRepository mails;

    PersonData(Ledger ledger, PersonFinder finder, PersonFiles files, MailRepository mails) {
        this.ledger = ledger;
        this.finder = finder;
        this.files = files;
        this.mails = mails;
    }

    /**
     * What is held, without contents.
     *
     * @param address canonical
     * @param names as the person's mails and threads show them
     * @param mails the person's mails
     * @param threads the Ids of the person's threads
     * @param replies the Ids of messages of the hotel to the person
     * @param items items in the spools
     * @param files files below {@code threadpost.files.directory}
     * @param mentions numbers of mails of others that name the person
     * @param unreadable parcels that cannot be read
     */
    public record Held(
            String address,
            List<String> names,
            List<HeldMail> mails,
            List<String> threads,
            List<String> replies,
            List<HeldItem> items,
            List<String> files,
            List<Long> mentions,
            int unreadable) {
        /** @return whether nothing is held */
        public boolean none() {
            return mails.isEmpty()
                    && threads.isEmpty()
                    && replies.isEmpty()
                    && items.isEmpty()
                    && files.isEmpty()
                    && mentions.isEmpty();
        }
    }

    /** A mail of the person. */
    public record HeldMail(long number, String mailbox, String connection, String state) {}

    /**
     * An item.
     *
     * @param own false for an item of others that names the person
     */
    public record HeldItem(String spool, String state, String key, Instant stored, boolean own) {}

    /** @return the form in which addresses are compared */
    public static String canonical(String address) {
        return Address.canonical(address.strip()).toLowerCase(Locale.ROOT);
    }

    public Held held(String address) {
        PersonTraces traces = finder.find(canonical(address));
        List<String> paths = new ArrayList<>();
        files.find(traces, found -> paths.add(found.path().toString()));
        return new Held(
                traces.address(),
                List.copyOf(traces.names()),
                traces.mails().stream()
                        .map(mail -> new HeldMail(mail.number(), mail.mailbox(), mail.connection(), mail.state()))
                        .toList(),
                List.copyOf(traces.threads()),
                List.copyOf(traces.replies()),
                traces.items().stream()
                        .map(item -> new HeldItem(
                                item.spool(),
                                item.state(),
                                item.key(),
                                Instant.ofEpochMilli(item.created()),
                                item.own()))
                        .toList(),
                paths,
                traces.mentions(),
                traces.unreadable());
    }

    /**
     * Exports everything that is the person's as a zip: the rows of the ledger and the items as JSON, the raw mails,
     * and of files the person's threads. Of what is others' and only names the person, it has the numbers.
     *
     * @return writes the zip; what is in it is found before, so that a refusal does not end a download
     * @throws TooManyThreadsException when the address is no person's
     */
    public Export export(String address) {
        PersonTraces traces = finder.find(canonical(address));
        return out -> write(traces, out);
    }

    /** Writes a zip. */
    @FunctionalInterface
    public interface Export {
        void write(OutputStream out) throws IOException;
    }

    private void write(PersonTraces traces, OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8)) {
            Map<String, Object> ledgerRows = ledger.read(tx -> rows(tx, traces));
            entry(zip, "ledger.json", JsonCodec.encode(ledgerRows));
            items(zip, traces);
            entry(zip, "mentions.json", JsonCodec.encode(Map.of("mails", traces.mentions())));
            for (OwnMail mail : traces.mails()) {
                zip.putNextEntry(new ZipEntry("mails/" + mail.number() + ".eml"));
                try (InputStream raw = mails.raw(mail.number())) {
                    raw.transferTo(zip);
                }
                zip.closeEntry();
            }
            files.find(traces, file -> {
                try {
                    entry(
                            zip,
                            "files/" + file.path().toString().replace('\\', '/'),
                            String.join("", file.records()).getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    /** As a list in JSON, of which one item at a time is in memory. */
    private void items(ZipOutputStream zip, PersonTraces traces) throws IOException {
        zip.putNextEntry(new ZipEntry("items.json"));
        boolean[] some = {false};
        finder.items(traces, stored -> {
            try {
                zip.write(some[0] ? ',' : '[');
                zip.write(JsonCodec.encode(item(stored)));
                some[0] = true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        zip.write((some[0] ? "]" : "[]").getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static Map<String, Object> rows(Transaction tx, PersonTraces traces) throws SQLException {
        Map<String, Object> tables = new LinkedHashMap<>();
        for (OwnMail mail : traces.mails()) {
            for (String table : OF_MAIL) {
                add(tx, tables, table, mail.number());
            }
            for (String table : OF_ADD) {
                add(tx, tables, table + " WHERE connection = ? AND item_key = ?", mail.connection(), mail.key());
            }
        }
        for (String thread : traces.threads()) {
            add(tx, tables, "conversation WHERE thread = ?", thread);
        }
        for (String reply : traces.replies()) {
            add(tx, tables, "reply WHERE message = ?", reply);
        }
        return tables;
    }

    private static void add(Transaction tx, Map<String, Object> tables, String which, Object... parameters)
            throws SQLException {
        List<Map<String, Object>> rows = tx.list("SELECT * FROM " + which, PersonData::row, parameters);
        @SuppressWarnings("unchecked")
        List<Object> table =
                (List<Object>) tables.computeIfAbsent(which.replaceFirst(" .*", ""), name -> new ArrayList<>());
        table.addAll(rows);
    }

    private static Map<String, Object> row(ResultSet row) throws SQLException {
        Map<String, Object> columns = new LinkedHashMap<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            columns.put(row.getMetaData().getColumnName(i), value instanceof Number ? value : row.getString(i));
        }
        return columns;
    }

    private static Map<String, Object> item(Stored stored) {
        SpoolItem item = stored.item();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("spool", stored.spool());
        fields.put("state", stored.state());
        fields.put("stored", Instant.ofEpochMilli(stored.created()).toString());
        fields.put("key", item.key());
        fields.put("connection", item.connection());
        fields.put("headers", item.headers());
        fields.put(
                "body",
                item.body() instanceof byte[] bytes ? Base64.getEncoder().encodeToString(bytes) : item.body());
        return fields;
    }

    /** @return an address with a local part and a domain; empty when the text is not an address */
    public static Optional<String> address(String text) {
        String address = canonical(text);
        return address.matches("[^\\s@<>,;:\"\\p{Cntrl}]+@[^\\s@<>,;:\"\\p{Cntrl}]+")
                ? Optional.of(address)
                : Optional.empty();
    }
}
