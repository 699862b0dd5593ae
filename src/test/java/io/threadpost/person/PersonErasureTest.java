package io.threadpost.person;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.json.JsonCodec;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.LedgerException;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.mail.FetchedMail;
import io.threadpost.mail.MailRepository;
import io.threadpost.spool.SpoolContents;
import io.threadpost.spool.SpoolItem;
import io.threadpost.spool.Spools;
import io.threadpost.testing.TestNode;

/** A person is erased from a filled installation; nothing of the person is left in any byte, and all else is. */
@OnBothDatabases
class PersonErasureTest {
    private static final String ADDRESS = "jana.novakova@guest.example";
    private static final String NAME = "Jana Nov\u00e1kov\u00e1";
    private static final String WORDS = "pokoj s v\u00fdhledem na \u0158\u00edp";
    private static final Needles NEEDLES = new Needles(ADDRESS, NAME, WORDS);
    private static final String THREAD = "3fa85f64-5717-4562-b3fc-000000000001";
    private static final String OTHER = "3fa85f64-5717-4562-b3fc-00000000ffff";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private static final String ROUTE =
            """
            - route:
                id: mails
                from:
                  uri: spool:mail
                  steps:
                    - process:
                        ref: readMail
                    - process:
                        ref: addThread
                    - process:
                        ref: settleMail
            """;

    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private Path out;
    private Path state;
    private LedgerFixture database;
    private TestNode node;

    @BeforeEach
    void open() throws Exception {
        out = Files.createDirectories(folder.resolve("out"));
        state = Files.createDirectories(folder.resolve("state"));
        database = LedgerFixture.create(dialect, state);
        node = start(database.ledger());
    }

    private Map<String, String> settings() {
        return Map.of(
                "threadpost.files.directory",
                out.toString(),
                "threadpost.ledger.url",
                "jdbc:sqlite:" + state.resolve("ledger.db"),
                "threadpost.spool.backoff",
                "20ms");
    }

    private TestNode start(Ledger ledger) throws Exception {
        TestNode started = new TestNode(ledger, settings());
        started.addAll("spool", "mail");
        started.camel.getRegistry().bind("addThread", (org.apache.camel.Processor) this::addThread);
        started.camel.start();
        return started;
    }

    @AfterEach
    void close() {
        node.close();
        database.close();
    }

    /** The platform's answer: a thread for each mail. */
    private void addThread(Exchange exchange) {
        Map<?, ?> mail = exchange.getMessage().getBody(Map.class);
        String subject = String.valueOf(mail.get("subject"));
        exchange.getMessage()
                .setHeader("ThreadpostThread", subject.contains("Jana") ? THREAD : OTHER + mail.get("number"));
    }

    private long stage(byte[] raw) {
        try {
            Path file = Files.write(folder.resolve("arrived"), raw);
            FetchedMail mail = FetchedMail.of("main", "hotel", NOON, file);
            Files.delete(file);
            Files.write(file, raw);
            MailRepository mails = node.get(MailRepository.class);
            long number = database.ledger().write(tx -> mails.stage(tx, mail)).number();
            mails.wake();
            Files.delete(file);
            return number;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] mail(String header, String charset, String encoding, String body) {
        byte[] text = body.getBytes(Charset.forName(charset));
        String encoded =
                switch (encoding) {
                    case "base64" -> Base64.getMimeEncoder().encodeToString(text);
                    case "quoted-printable" -> quoted(text);
                    default -> new String(text, StandardCharsets.ISO_8859_1);
                };
        String mail = header + "Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: text/plain; charset=" + charset + "\r\nContent-Transfer-Encoding: " + encoding
                + "\r\n\r\n" + encoded + "\r\n";
        return mail.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String quoted(byte[] text) {
        StringBuilder quoted = new StringBuilder();
        for (byte b : text) {
            quoted.append(b > 0x20 && b < 0x7f && b != '=' ? String.valueOf((char) b) : String.format("=%02X", b));
            if (quoted.length() - quoted.lastIndexOf("\n") > 60) {
                quoted.append("=\r\n");
            }
        }
        return quoted.toString();
    }

    private static final String FROM_JANA =
            "From: =?utf-8?Q?Jana_Nov=C3=A1kov=C3=A1?= <Jana.Novakova@Guest.example>\r\n"
                    + "To: reception@hotel.example\r\nSubject: Jana a "
                    + "=?iso-8859-2?Q?pokoj_s_v=FDhledem_na_=D8=EDp?=\r\n";

    private void fill() throws Exception {
        node.load(ROUTE);
        stage(mail(
                FROM_JANA + "Message-ID: <1.jana.novakova@guest.example>\r\n",
                "UTF-8",
                "8bit",
                "M\u00e1te " + WORDS + "?"));
        stage(mail(
                FROM_JANA + "Message-ID: <2@guest>\r\n", "ISO-8859-2", "quoted-printable", "A " + WORDS + "? " + NAME));
        stage(mail(FROM_JANA + "Message-ID: <3@guest>\r\n", "UTF-16LE", "base64", "Znovu: " + WORDS + ". " + ADDRESS));
        stage(mail(
                "From: Petr <petr@other.example>\r\nMessage-ID: <4@other>\r\nSubject: Parking\r\n",
                "UTF-8",
                "base64",
                "Is there a place for a car?"));
        stage(mail(
                "From: Agency <desk@agency.example>\r\nCc: =?utf-8?B?"
                        + Base64.getEncoder().encodeToString(NAME.getBytes(StandardCharsets.UTF_8))
                        + "?= <" + ADDRESS + ">\r\nMessage-ID: <5@agency>\r\nSubject: Group of May\r\n",
                "UTF-8",
                "quoted-printable",
                "The group of May comes with " + NAME + ", " + ADDRESS + ", and twelve others, at noon, as we wrote."));
        await().untilAsserted(() -> assertThat(database.rows("SELECT COUNT(*) FROM mail WHERE state = 'thread'"))
                .containsExactly("5"));
        node.camel.getRouteController().stopRoute("mails");
        node.camel.removeRoute("mails");
        long parked = stage(mail(FROM_JANA + "Message-ID: <6@guest>\r\n", "windows-1250", "base64", WORDS));
        database.change(
                "UPDATE mail SET state = 'parked', reason = 'rate', why = ?, sender = ?, sender_text = ?"
                        + " WHERE id = ?",
                ADDRESS + " wrote too much",
                ADDRESS,
                NAME + " <" + ADDRESS + ">",
                parked);
        stage(mail(FROM_JANA + "Message-ID: <7@guest>\r\n", "UTF-8", "8bit", WORDS));
        stage(mail(
                "From: Eva <eva@other.example>\r\nMessage-ID: <8@other>\r\nSubject: Dog\r\n", "UTF-8", "8bit", "Hi"));
        for (int uid = 1; uid < 9; uid++) {
            database.change(
                    "INSERT INTO mailbox_mail (era, uid, mailbox, mail, message_id, received, size) VALUES (1, ?,"
                            + " 'main', ?, ?, 1, 1)",
                    uid,
                    uid,
                    "<" + uid + "." + (uid == 4 || uid == 5 || uid == 8 ? "x@y" : ADDRESS) + ">");
        }
        database.change(
                "INSERT INTO message_add (connection, item_key, part, mail, thread, text, state, touched)"
                        + " SELECT connection, item_key, 0, id, thread, ?, 'staged', 1 FROM mail WHERE id = 1",
                WORDS);
        database.change(
                "INSERT INTO thread_add (connection, item_key, state, scope, pair, sender, subject, since, attempts,"
                        + " over, process, touched) SELECT connection, item_key, 'adding', 'hotel', ?, ?, ?, 1, 1, 1,"
                        + " 'p', 1 FROM mail WHERE id = 7",
                ADDRESS + "\n" + WORDS,
                ADDRESS,
                WORDS);
        database.change(
                "INSERT INTO reply (message, connection, thread, created, seen, state, message_id, recipient, changed)"
                        + " VALUES ('m1', 'hotel', ?, 1, 1, 'sent', '<r1@hotel.example>', ?, 1),"
                        + " ('m2', 'hotel', 'other', 1, 1, 'sent', '<r2@hotel.example>', 'petr@other.example', 1)",
                THREAD,
                ADDRESS);
        database.change(
                "INSERT INTO spool_pause (spool, since, until, failures, reason) VALUES ('queue', 1, 1, 1, ?)",
                "the server refuses JANA.Novakova@guest.example");
        spools();
        files();
    }

    private static SpoolItem thread(int number, String id, String sender, String subject) {
        String updated = String.format("2026-11-22T10:%02d:%02dZ", number / 60 % 60, number % 60);
        String json = "{\"Id\":\"" + id + "\",\"OriginalSender\":\"" + sender + "\",\"Subject\":\"" + subject
                + "\",\"UpdatedUtc\":\"" + updated + "\",\"Number\":1.10}";
        return new SpoolItem(
                id + "@" + updated,
                "hotel",
                Map.of("Hotel", "Praha"),
                new RawJson(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** @return threads of others, with some of the person between them */
    private static List<SpoolItem> page() {
        List<SpoolItem> items = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            items.add(thread(i, String.format("other-%04d", i), "guest" + i + "@other.example", "Question " + i));
        }
        items.set(3, thread(3, THREAD, NAME, WORDS));
        items.set(500, thread(500, "pulled-before", ADDRESS.toUpperCase(), WORDS));
        items.set(501, thread(501, "pulled-with-escapes", "jana.novakova\\u0040guest.example", "Nov\\u00e1kov\\u00e1"));
        items.set(999, thread(999, THREAD, NAME, WORDS));
        return items;
    }

    private void spools() {
        // Targets that were on collect.
        database.change("INSERT INTO target (name, since) VALUES ('digest', 1), ('queue', 1), ('replies', 1)");
        Spools spools = node.get(Spools.class);
        spools.deliver("files", page());
        spools.deliver("digest", page());
        database.change("UPDATE spool_parcel SET mark = 4, upto = NULL WHERE spool = 'digest'");
        spools.deliver("queue", page());
        database.change("INSERT INTO spool_batch (spool, lease_owner, lease_until) VALUES ('queue', NULL, NULL)");
        database.change("UPDATE spool_parcel SET batch = (SELECT MAX(number) FROM spool_batch), upto = 501"
                + " WHERE spool = 'queue'");
        spools.deliverDead("queue", thread(1, THREAD, NAME, WORDS), "refused for jana.Novakova@guest.example");
        spools.deliverDead("queue", thread(2, "other-dead", "petr@other.example", "Parking"), "refused");
        byte[] digest = mail(
                "From: hub@hotel.example\r\nSubject: 2 threads\r\n",
                "UTF-8",
                "quoted-printable",
                NAME + " <" + ADDRESS + "> | Jana a " + WORDS + " | noon\nPetr | Parking | one");
        spools.deliver("digest-mails", List.of(new SpoolItem("<d1@hub> desk@hotel.example", null, Map.of(), digest)));
        spools.deliver(
                "replies",
                List.of(
                        new SpoolItem("m1", "hotel", Map.of(), "{\"Text\":\"Dear " + NAME + "\"}"),
                        new SpoolItem("m2", "hotel", Map.of(), "{\"Text\":\"Dear Petr\"}")));
        database.change(
                "INSERT INTO spool_hold (spool, since, reason) VALUES ('files', 1, ?)", "because of " + ADDRESS);
    }

    private void files() throws IOException {
        Path day = Files.createDirectories(out.resolve("2026-11-22"));
        Files.writeString(
                day.resolve("2026-11-22T10-00-00Z_" + THREAD + ".json"), body(thread(1, THREAD, NAME, WORDS)));
        Files.writeString(day.resolve("2026-11-22T10-00-00Z_other.json"), body(thread(1, "other", "Petr", "Parking")));
        Files.writeString(
                day.resolve("batch-000000000007-01234567.ndjson"),
                String.join("\n", page().stream().map(PersonErasureTest::body).toList()) + "\n");
        String table = "Id,Guest,Subject\r\n" + THREAD + "," + NAME + ",\"" + WORDS + ",\r\n\"\"now\"\"\"\r\n"
                + "other,Petr,\"Parking\r\nand dog\"\r\n";
        Files.write(day.resolve("threads.csv"), table.getBytes("windows-1250"));
        Path own = Files.createDirectories(out.resolve(ADDRESS));
        Files.writeString(own.resolve("1.json"), body(thread(1, THREAD, NAME, WORDS)));
        Path outside = Files.writeString(
                Files.createDirectories(folder.resolve("elsewhere")).resolve("x.json"), ADDRESS);
        Files.createSymbolicLink(day.resolve("link.json"), outside);
        Path arrival = Files.writeString(state.resolve("mailbox-main-123.eml"), FROM_JANA + "\r\n" + WORDS);
        Files.setLastModifiedTime(arrival, FileTime.from(Instant.now().minusSeconds(600)));
    }

    private static String body(SpoolItem item) {
        return item.body().toString();
    }

    private PersonErasure.Erased erase() {
        return node.get(PersonErasure.class).erase("Jana.Novakova@GUEST.example");
    }

    /** Waits for nothing that is in flight. */
    private PersonErasure impatient() {
        return new PersonErasure(
                database.ledger(),
                node.get(PersonFinder.class),
                node.get(PersonRows.class),
                node.get(PersonFiles.class),
                node.get(SpoolContents.class),
                node.get(Unreachable.class),
                Duration.ZERO);
    }

    /** Everything that is not the person's. */
    private List<String> others() throws IOException {
        List<String> all = new ArrayList<>();
        node.get(SpoolContents.class).read(stored -> {
            if (!stored.spool().equals("digest-mails")
                    && !(stored.item().body() + stored.item().key()).matches("(?is).*(jana|pulled-|" + THREAD + ").*")
                    && !stored.spool().equals("mail")) {
                all.add(stored.spool() + " " + stored.state() + " " + stored.item());
            }
        });
        all.addAll(database.rows("SELECT id, identity, item_key, state, sender, subject, thread FROM mail WHERE id IN"
                + " (4, 5, 8) ORDER BY id"));
        all.addAll(database.rows("SELECT mail, part, bytes FROM mail_raw WHERE mail IN (4, 8) ORDER BY mail, part"));
        all.addAll(database.rows("SELECT reading, verdict FROM mail_reading WHERE mail IN (4, 8) ORDER BY mail"));
        all.addAll(database.rows(
                "SELECT guest, subject, thread FROM conversation WHERE guest LIKE '%other%' ORDER BY id"));
        all.addAll(database.rows("SELECT message, recipient FROM reply WHERE message = 'm2'"));
        all.addAll(
                database.rows("SELECT message_id, mail FROM mailbox_mail WHERE message_id LIKE '%x@y%' ORDER BY uid"));
        all.addAll(database.rows("SELECT connection, updated_ns, id FROM thread_version"));
        all.add(Files.readString(out.resolve("2026-11-22/2026-11-22T10-00-00Z_other.json")));
        try (Stream<String> lines = Files.lines(out.resolve("2026-11-22/batch-000000000007-01234567.ndjson"))) {
            lines.filter(line -> line.contains("@other.example")).forEach(all::add);
        }
        return all;
    }

    /** The bytes on disk, as far as this installation can reach them. */
    private List<String> found() throws IOException {
        List<String> found = new ArrayList<>(NEEDLES.in(out));
        found.addAll(NEEDLES.in(state));
        if (dialect == Dialect.POSTGRESQL) {
            database.ledger().read(tx -> tx.update("CHECKPOINT"));
            String data = database.rows("SELECT setting FROM pg_settings WHERE name = 'data_directory'")
                    .get(0);
            String base = database.rows("SELECT oid FROM pg_database WHERE datname = current_database()")
                    .get(0);
            found.addAll(NEEDLES.in(Path.of(data, "base", base)));
        }
        return found;
    }

    @Test
    void nothingOfThePersonIsLeftAndAllElseIs() throws Exception {
        fill();
        if (dialect == Dialect.POSTGRESQL) {
            // As autovacuum does: the planner's statistics have samples of the person's rows.
            database.ledger().read(tx -> tx.update("ANALYZE"));
        }
        List<String> before = others();
        assertThat(before.size()).isGreaterThan(3900);
        assertThat(found())
                .anyMatch(place -> place.contains("ledger.db") || place.contains("@"))
                .anyMatch(place -> place.contains("quoted-printable"))
                .anyMatch(place -> place.contains("Base64"));

        PersonErasure.Erased erased = erase();

        assertThat(erased.left()).isEmpty();
        assertThat(erased.complete()).isTrue();
        assertThat(erased.mails()).isEqualTo(5);
        assertThat(erased.unreachable())
                .anyMatch(line -> line.startsWith("the platform has"))
                .anyMatch(line -> line.startsWith("1 threads or messages may have reached the platform"));
        List<String> after = others();
        assertThat(before.stream().filter(one -> !after.contains(one)).limit(5)).isEmpty();
        assertThat(after.equals(before)).isTrue();
        node.close();
        assertThat(found()).isEmpty();
        assertThat(out.resolve(ADDRESS)).doesNotExist();
        assertThat(Files.readString(out.resolve("2026-11-22/threads.csv")))
                .isEqualTo("Id,Guest,Subject\r\nother,Petr,\"Parking\r\nand dog\"\r\n");
        assertThat(folder.resolve("elsewhere/x.json")).hasContent(ADDRESS);
        // The group's mail is as it was, but for the person.
        assertThat(new String(node.get(MailRepository.class).raw(5).readAllBytes(), StandardCharsets.ISO_8859_1))
                .contains("The=20group=20of=20May=20comes=20with=20xxx");
    }

    @Test
    void erasureThatIsKilledAtAnyPointIsFinishedByTheNext() throws Exception {
        fill();
        List<String> before = others();
        int kills = 0;
        for (boolean done = false; !done; kills++) {
            try (TestNode killed = new TestNode(database.killedAfter(kills), settings())) {
                killed.get(PersonErasure.class).erase(ADDRESS);
                done = true;
            } catch (LedgerException expected) {
                assertThat(expected).hasMessageContaining("killed");
            }
        }

        PersonErasure.Erased erased = erase();

        assertThat(kills).isGreaterThan(5);
        assertThat(erased.complete()).isTrue();
        assertThat(erased.mails() + erased.items() + erased.files()).isZero();
        List<String> after = others();
        assertThat(before.stream().filter(one -> !after.contains(one)).limit(5)).isEmpty();
        assertThat(after.equals(before)).isTrue();
        node.close();
        assertThat(found()).isEmpty();
    }

    @Test
    void erasedMailThatIsStillInItsMailboxIsNotStagedAgain() throws Exception {
        node.load(ROUTE);
        byte[] raw = mail(FROM_JANA + "Message-ID: <1@guest>\r\n", "UTF-8", "8bit", WORDS);
        long number = stage(raw);
        await().untilAsserted(() ->
                assertThat(database.rows("SELECT state FROM mail")).containsExactly("thread"));
        database.change("INSERT INTO add_thread SELECT ?, connection, item_key FROM mail", THREAD);

        erase();

        assertThat(stage(raw)).isEqualTo(number);
        assertThat(database.rows("SELECT state, reason, sender, subject FROM mail"))
                .containsExactly("thread|erased|null|null");
        assertThat(database.rows("SELECT mail FROM mail_raw")).isEmpty();
        assertThat(database.rows("SELECT id FROM spool_parcel WHERE state = 'waiting'"))
                .isEmpty();
        // The thread belongs to that add for ever: another mail must not adopt it.
        assertThat(database.rows("SELECT t.thread, t.item_key = m.item_key FROM add_thread t, mail m"))
                .first()
                .asString()
                .startsWith(THREAD)
                .matches(".*\\|(1|t)");
        assertThat(erase().mails()).isZero();
    }

    @Test
    void whatIsBeingWrittenIsWaitedForAndAReplacedLedgerIsReported() throws Exception {
        Path written = Files.writeString(Files.createDirectories(out).resolve(".a.json.tmp"), ADDRESS);
        Path replaced = Files.writeString(state.resolve("ledger-replaced-2026-11-28.db"), "a ledger of before");
        PersonErasure impatient = impatient();

        assertThat(impatient.erase(ADDRESS).left())
                .anyMatch(line -> line.startsWith("1 files that name the person are being written"))
                .anyMatch(line -> line.startsWith(replaced + " is a ledger that was replaced"));

        Files.setLastModifiedTime(written, FileTime.from(Instant.now().minusSeconds(60)));
        Files.delete(replaced);
        assertThat(impatient.erase(ADDRESS).complete()).isTrue();
        assertThat(written).doesNotExist();
    }

    @Test
    void firstNameOfAnotherGuestIsLeft() {
        String from = "From: Anna <anna@guest.example>\r\nMessage-ID: <1@guest>\r\nSubject: Room\r\n";
        stage(mail(from, "UTF-8", "8bit", "Hi"));
        stage(mail(from.replace("Anna <anna@guest", "Lee <lee@other").replace("1@", "2@"), "UTF-8", "8bit", "Hi"));
        database.change("UPDATE mail SET subject = 'Anna Lee, Annabel' WHERE id = 2");
        database.change("INSERT INTO spool_pause (spool, since, until, failures, reason)"
                + " VALUES ('queue', 1, 1, 1, 'refused for Anna Lee'), ('table', 1, 1, 1, 'Anna: anna@guest.example')");

        node.get(PersonErasure.class).erase("anna@guest.example");

        assertThat(database.rows("SELECT subject FROM mail WHERE id = 2")).containsExactly("Anna Lee, Annabel");
        assertThat(database.rows("SELECT reason FROM spool_pause ORDER BY spool"))
                .containsExactly("refused for Anna Lee", "[erased]: [erased]");
    }

    @Test
    void threadOfAnAddressInOtherLettersIsTakenOutOfFiles() throws Exception {
        String person = "\"Jan \u017d\u00e1k\" <jan@b\u00fccher.example>";
        Path file = Files.writeString(
                out.resolve("batch-000000000009-01234567.ndjson"),
                body(thread(1, "own", person.replace("\"", "\\\""), WORDS)) + "\n"
                        + body(thread(2, "other", "Petr", "To \\njan@b\u00fccher.example")) + "\n");

        node.get(PersonErasure.class).erase("Jan@xn--bcher-kva.example");

        assertThat(Files.readString(file)).isEqualTo(body(thread(2, "other", "Petr", "To \\n[erased]")) + "\n");
    }

    @Test
    void itemsInFlightAreLeftAndReported() throws Exception {
        Spools spools = node.get(Spools.class);
        spools.deliver("table", page());
        database.change(
                "INSERT INTO spool_batch (spool, lease_owner, lease_until) VALUES ('table', 'a worker', ?)",
                Long.MAX_VALUE);
        database.change("UPDATE spool_parcel SET batch = (SELECT MAX(number) FROM spool_batch), upto = 900");
        PersonErasure impatient = impatient();

        PersonErasure.Erased erased = impatient.erase(ADDRESS);

        assertThat(erased.complete()).isFalse();
        assertThat(erased.left()).anyMatch(line -> line.contains("items are in flight; repeat this"));
        assertThat(database.rows("SELECT size, mark, upto FROM spool_parcel")).containsExactly("1000|0|900");

        // The worker has delivered them.
        database.change("DELETE FROM spool_batch");
        database.change("UPDATE spool_parcel SET mark = 900, upto = NULL");
        erased = impatient.erase(ADDRESS);

        assertThat(erased.complete()).isTrue();
        // Three of the four were delivered: those at 3, 500 and 501.
        assertThat(database.rows("SELECT size, mark, upto FROM spool_parcel")).containsExactly("998|898|null");
    }

    @Test
    void workerWhoseLeaseExpiredDoesNotSettleItemsThatMovedUp() {
        node.get(Spools.class).deliver("table", page());
        database.change("INSERT INTO spool_batch (spool, lease_owner, lease_until) VALUES ('table', 'a worker', 1)");
        database.change("UPDATE spool_parcel SET batch = (SELECT MAX(number) FROM spool_batch), upto = 900");

        erase();

        assertThat(database.rows("SELECT size, mark, upto FROM spool_parcel")).containsExactly("998|0|898");
        assertThat(database.rows("SELECT lease_owner FROM spool_batch")).containsExactly("none");
    }

    @Test
    void messageOfSomebodyElseInTheThreadStaysAndTheReportOfARefusedReplyGoes() {
        database.change(
                "INSERT INTO conversation (thread, connection, mailbox, mail, guest, subject, began, authenticated,"
                        + " active) VALUES (?, 'hotel', 'main', 77, ?, 'A room', 1, TRUE, 1)",
                THREAD,
                ADDRESS);
        for (int mail : List.of(0, 78)) {
            database.change(
                    "INSERT INTO message_add (connection, item_key, part, mail, thread, text, state, touched)"
                            + " VALUES ('hotel', ?, 0, ?, ?, 'No reply to the guest', 'staged', 1)",
                    "key-" + mail,
                    mail,
                    THREAD);
            node.get(Spools.class)
                    .deliver(
                            "messages",
                            List.of(new SpoolItem(
                                    "key-" + mail,
                                    "hotel",
                                    Map.of(),
                                    Map.of("thread", THREAD, "mail", (long) mail, "parts", 1))));
        }

        erase();

        assertThat(database.rows("SELECT item_key FROM message_add")).containsExactly("key-78");
        assertThat(database.rows("SELECT size FROM spool_parcel WHERE spool = 'messages'"))
                .containsExactly("1");
    }

    @Test
    void addressThatOnlyEndsLikeItIsAnother() throws Exception {
        String other = "x" + ADDRESS;
        node.load(ROUTE);
        stage(mail("From: <" + other + ">\r\nMessage-ID: <1@o>\r\nSubject: Dog\r\n", "UTF-8", "8bit", other));
        await().untilAsserted(() ->
                assertThat(database.rows("SELECT state FROM mail")).containsExactly("thread"));

        assertThat(erase().mails()).isZero();
        assertThat(database.rows("SELECT sender FROM mail")).containsExactly(other);
        assertThat(node.get(PersonData.class).held(ADDRESS).none()).isTrue();
    }

    @Test
    void everythingIsExportedBefore() throws Exception {
        fill();
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        node.get(PersonData.class).export(ADDRESS).write(out);

        Map<String, String> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(out.toByteArray()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        assertThat(entries.keySet())
                .contains("ledger.json", "items.json", "mails/1.eml", "mails/7.eml", "files/2026-11-22/threads.csv");
        assertThat(entries.keySet()).doesNotContain("mails/4.eml", "mails/5.eml");
        assertThat(entries.get("ledger.json")).contains("\"guest\":\"" + ADDRESS, "\"mail_reading\"", NAME);
        assertThat((List<?>) JsonCodec.decode(entries.get("items.json").getBytes(StandardCharsets.UTF_8)))
                .allSatisfy(item -> assertThat(((Map<?, ?>) item).get("spool")).isNotNull());
        assertThat(entries.get("mentions.json")).isEqualTo("{\"mails\":[5]}");
        assertThat(String.join("", entries.values())).doesNotContain("petr@", "guest7@");
    }
}
