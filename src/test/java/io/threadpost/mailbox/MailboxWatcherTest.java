package io.threadpost.mailbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.heartbeat.Heartbeats;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.network.HttpAccess;
import io.threadpost.retry.Backoff;
import io.threadpost.settings.MailboxSettings;

/** Every mail is staged once, whatever happens to it in the mailbox, and what was there before the start stays out. */
@OnBothDatabases
@Proves(Promise.EVERY_MAIL_IS_STAGED_ONCE)
class MailboxWatcherTest extends MailboxBehaviour {
    @Test
    void newMailIsStagedByteForByteAndLeftUntouched() throws Exception {
        watch();
        long uid = put("new");
        awaitStaged(1);
        looked();

        assertThat(staged()).containsExactly(mail("new"));
        assertThat(ledger.rows("SELECT spool, size FROM spool_parcel")).containsExactly("mail|1");
        assertThat(server.mails("INBOX").get(uid).flags()).isEmpty();
        assertThat(commands("SELECT")).isEmpty();
        assertThat(server.commands()).noneMatch(command -> command.contains("BODY["));
    }

    @Test
    void readFlagOfAPersonDoesNotMatter() throws Exception {
        watch();
        server.mails("INBOX");
        long uid = put("read");
        server.mails("INBOX").get(uid).flags().add("\\Seen");
        awaitStaged(1);
        becomeThreads();

        await().until(() -> texts("Done").size() == 1);
        assertThat(server.mails("Done").get(1L).flags()).containsExactly("\\Seen");
    }

    @Test
    void startNowTakesNothingThatIsThereAndFetchesNoneOfIt() throws Exception {
        for (int i = 0; i < 2000; i++) {
            server.put("INBOX", mail("old " + i), i % 2 == 0 ? LAST_YEAR : NOW);
        }
        watch();
        put("new");
        awaitStaged(1);
        looked();

        assertThat(staged()).containsExactly(mail("new"));
        assertThat(commands("UID FETCH")).hasSize(1);
    }

    @Test
    void aFloodWaitsInItsMailboxUntilHalfOfWhatIsAheadIsSettled() throws Exception {
        IntStream.range(0, 50).forEach(i -> put("flood " + i));
        begin(new MailboxWatcher.Pace(MailboxNode.SOON, MailboxNode.SOON, 20), "threadpost.mail.start", "everything");
        awaitStaged(20);
        looked();
        assertThat(staged()).hasSize(20);
        int searches = commands("UID SEARCH").size();

        List<String> numbers = ledger.rows("SELECT id FROM mail ORDER BY id");
        numbers.subList(0, 5).forEach(number -> node.mailRepository.added(Long.parseLong(number), "thread-" + number));
        looked();
        assertThat(staged()).hasSize(20);
        assertThat(commands("UID SEARCH")).hasSize(searches);

        await().until(() -> {
            becomeThreads();
            return ledger.rows("SELECT id FROM mail").size() == 50;
        });
        assertThat(staged()).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void startWithEverythingTakesAll() throws Exception {
        IntStream.range(0, 600).forEach(i -> server.put("INBOX", mail("old " + i), LAST_YEAR));
        begin("threadpost.mail.start", "everything");

        awaitStaged(600);
        looked();
        assertThat(staged()).hasSize(600).doesNotHaveDuplicates();
    }

    @Test
    void startWithADateTakesWhatCameSince() throws Exception {
        server.put("INBOX", mail("old"), NOW.minus(Duration.ofDays(30)));
        server.put("INBOX", mail("just before"), NOW.minus(Duration.ofDays(7)).minusSeconds(3600));
        server.put("INBOX", mail("since"), NOW.minus(Duration.ofDays(7)).plusSeconds(3600));
        watch("threadpost.mail.start", NOW.minus(Duration.ofDays(7)).toString());
        put("new");
        awaitStaged(2);
        looked();

        assertThat(staged()).containsExactly(mail("since"), mail("new"));
        assertThat(commands("UID FETCH 1 ")).isEmpty();
    }

    @Test
    void mailMovedBackOrCopiedIsTheSameMailAndStaysWhereAPersonPutIt() throws Exception {
        watch();
        put("one");
        awaitStaged(1);
        becomeThreads();
        await().until(() -> texts("Done").size() == 1);

        server.copy("Done", 1, "INBOX");
        server.remove("Done", 1);
        server.copy("INBOX", 2, "INBOX");
        looked();
        looked();

        assertThat(staged()).containsExactly(mail("one"));
        assertThat(texts("INBOX")).hasSize(2);
        assertThat(texts("Done")).isEmpty();
    }

    @Test
    void oldMailThatIsMovedInStaysOut() throws Exception {
        watch();
        server.put("INBOX", mail("from the archive"), LAST_YEAR);
        put("new");
        awaitStaged(1);
        looked();

        assertThat(staged()).containsExactly(mail("new"));
    }

    @Test
    void newMailOfAServerWithAWrongClockIsTaken() throws Exception {
        watch();
        server.put("INBOX", mail("slow clock"), NOW.minusSeconds(1800));
        server.put("INBOX", "Received: from a by b; " + rfc822(NOW) + "\r\n" + mail("no date"), LAST_YEAR);
        awaitStaged(2);
    }

    private static String rfc822(java.time.Instant time) {
        return java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atZone(java.time.ZoneOffset.UTC));
    }

    @Test
    void numberedAnewNothingComesTwice() throws Exception {
        server.put("INBOX", "Received: from a by b; " + rfc822(LAST_YEAR) + "\r\n" + mail("old"), LAST_YEAR);
        watch();
        IntStream.range(0, 150).forEach(i -> put("mail " + i));
        awaitStaged(150);
        looked();

        server.renumber("INBOX", null);
        put("after");
        awaitStaged(151);
        looked();
        int before = commands("UID FETCH").size();
        server.renumber("INBOX", java.time.Instant.now());
        put("after that");
        awaitStaged(152);
        looked();

        assertThat(staged()).hasSize(152).doesNotHaveDuplicates();
        assertThat(before)
                .as("known mails are recognised without fetching them")
                .isLessThan(160);
        becomeThreads();
        await().until(() -> texts("Done").size() == 152);
        assertThat(node.state().heldSince()).isNull();
    }

    @Test
    void comparisonThatBreaksOffGoesOnWhereItWas() throws Exception {
        long unknown = server.put("INBOX", mail("unknown"), NOW);
        server.hide(unknown);
        watch("threadpost.mail.start", "everything");
        put("twice");
        awaitStaged(1);
        becomeThreads();
        await().until(() -> texts("Done").size() == 1);
        server.copy("Done", 1, "INBOX");
        server.copy("Done", 1, "INBOX");
        IntStream.range(0, 250).forEach(i -> put("mail " + i));
        awaitStaged(251);
        looked();
        node.close();
        server.show(unknown);
        server.renumber("INBOX", null);
        server.answer("UID FETCH 201:", "hang up");
        begin("threadpost.mail.start", "everything");
        await().until(() -> node.state().downSince() != null);
        server.answer("UID FETCH 201:", null);
        awaitStaged(252);
        looked();

        assertThat(staged()).hasSize(252).doesNotHaveDuplicates().contains(mail("unknown"));
    }

    /** On PostgreSQL, what lies in an index has an end. */
    @Test
    void endlessMessageIdStopsNoOther() throws Exception {
        watch();
        String endless = new Random(1)
                .ints(200, 0, Integer.MAX_VALUE)
                .mapToObj(i ->
                        "\r\n " + Integer.toString(i, 36) + Integer.toString(i / 3, 36) + Integer.toString(i / 7, 36))
                .collect(Collectors.joining());
        server.put("INBOX", "Message-ID:" + endless + "\r\nSubject: endless\r\n\r\nHello\r\n", Instant.now());
        put("after");
        awaitStaged(2);
    }

    @Test
    void whatAProcessThatWasKilledLeftBehindIsCleared() throws Exception {
        Path state = Files.createDirectories(folder.resolve("state"));
        Path left = Files.writeString(state.resolve("mailbox-main-1.eml"), "half a mail");
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Path fetching = Files.writeString(state.resolve("mailbox-main-2.eml"), "another process is at it");
        Path others = Files.writeString(state.resolve("ledger.db"), "");
        watch("threadpost.ledger.url", "jdbc:sqlite:state/ledger.db");
        put("one");
        awaitStaged(1);
        looked();

        assertThat(state.toFile().listFiles()).containsExactlyInAnyOrder(fetching.toFile(), others.toFile());
    }

    @Test
    void mailThatAnErrorStruckIsLeftForLaterAndTheMailboxGoesOn() throws Exception {
        node = new MailboxNode(ledger.ledger(), folder, Map.of("threadpost.mail.port", String.valueOf(server.port())));
        MailboxSettings mailbox = node.settings.mailboxes().get(0);
        ImapLogins imapLogins =
                new ImapLogins(node.settings.ledger(), folder, node.secrets, new HttpAccess(node.settings.network()));
        AtomicBoolean memoryIsShort = new AtomicBoolean(true);
        AtomicInteger taken = new AtomicInteger();
        MailboxWatcher mailboxWatcher = new MailboxWatcher(
                mailbox,
                imapLogins.of(mailbox),
                imapLogins.state(),
                node.ledger,
                stagingRequest -> {
                    if (memoryIsShort.get()) {
                        throw new OutOfMemoryError("no more");
                    }
                    taken.incrementAndGet();
                },
                Duration.ofMillis(50),
                node.pace,
                new Heartbeats().begin("watch"));
        Thread thread = new Thread(mailboxWatcher::run);
        thread.start();
        await().until(() -> node.ledger
                .states()
                .find("main")
                .filter(at -> at.looked() != null)
                .isPresent());
        put("one");
        await().until(() -> ledger.rows("SELECT note FROM mailbox_mail WHERE tries > 0").stream()
                .anyMatch(note -> note.contains("no more")));
        assertThat(node.state().downSince()).isNull();

        memoryIsShort.set(false);
        await().until(() -> taken.get() > 0);
        mailboxWatcher.close();
        thread.join();
    }

    @Test
    void movedToAnotherServerNothingComesTwice() throws Exception {
        watch();
        put("one");
        awaitStaged(1);
        server.put("INBOX", "Received: from a by b; " + rfc822(LAST_YEAR) + "\r\n" + mail("old"), NOW);
        looked();

        again("threadpost.mail.host", "localhost");
        put("two");
        awaitStaged(2);
        looked();

        assertThat(staged()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(staged().stream().filter(mail -> mail.contains("<one@"))).hasSize(1);
    }

    @Test
    void manyUnknownMailsAfterARenumberingWaitForAPerson() throws Exception {
        watch();
        put("one");
        awaitStaged(1);
        node.close();
        server.renumber("INBOX", null);
        IntStream.range(0, 101).forEach(i -> put("unknown " + i));
        begin();

        await().until(() -> node.state().heldSince() != null);
        assertThat(node.state().heldFor()).contains("101 of its mails are unknown");
        assertThat(staged()).hasSize(1);
        looked();
        assertThat(staged()).hasSize(1);

        put("newer");
        new MailboxActions(ledger.ledger()).release("main", false);
        awaitStaged(2);
        looked();
        assertThat(staged()).containsExactly(mail("one"), mail("newer"));
    }

    @Test
    void unknownMailsBecomeThreadsWhenAPersonSaysSo() throws Exception {
        watch();
        node.close();
        server.renumber("INBOX", null);
        IntStream.range(0, 101).forEach(i -> put("unknown " + i));
        begin();
        await().until(() -> node.state().heldSince() != null);

        new MailboxActions(ledger.ledger()).release("main", true);
        awaitStaged(101);
        assertThat(node.state().heldSince()).isNull();
    }

    @Test
    void reusedNumbersAreSeenAsANewNumbering() throws Exception {
        watch();
        put("one");
        put("two");
        put("three");
        awaitStaged(3);
        node.close();
        // Restored from a backup of before the third.
        server.renumber("INBOX", null);
        server.validity("INBOX", 1);
        server.remove("INBOX", 3);
        server.next("INBOX", 3);
        begin();
        looked();
        put("another third");

        awaitStaged(4);
        assertThat(staged()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void mailsShownLateAreNotMissed() throws Exception {
        watch();
        server.hide(1);
        put("late");
        put("early");
        awaitStaged(1);
        looked();
        assertThat(staged()).containsExactly(mail("early"));

        server.show(1);
        awaitStaged(2);
    }

    @Test
    void unreadableAndVanishingMailsStopNoOther() throws Exception {
        watch();
        server.answer("UID FETCH 1 ", "BAD cannot be read");
        server.before("UID FETCH 2 ", () -> server.remove("INBOX", 2));
        put("unreadable");
        put("vanishing");
        put("good");

        awaitStaged(1);
        assertThat(staged()).containsExactly(mail("good"));
        await().until(() -> node.ledger.locations().unfetched("main").isPresent());
        assertThat(node.ledger.locations().unfetched("main").orElseThrow().why())
                .contains("BAD cannot be read");

        server.answer("UID FETCH 1 ", null);
        awaitStaged(2);
        await().until(() -> node.ledger.locations().unfetched("main").isEmpty());
        assertThat(staged()).containsExactlyInAnyOrder(mail("good"), mail("unreadable"));
    }

    @Test
    void largeMailsComeInPartsAndWhole() throws Exception {
        byte[] large = (mail("large") + "x".repeat(3 << 20)).getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        watch();
        server.put("INBOX", large, NOW);
        awaitStaged(1);
        server.partial(false);
        server.put("INBOX", new String(large, java.nio.charset.StandardCharsets.ISO_8859_1) + "y", NOW);
        awaitStaged(2);

        assertThat(staged()).extracting(String::length).containsExactly(large.length, large.length + 1);
        assertThat(commands("UID FETCH 1 ")).hasSizeGreaterThan(5);
    }

    @Test
    void serverThatDoesNotTellTheNextNumberWorks() throws Exception {
        server.tellsNext(false);
        server.put("INBOX", mail("old"), NOW);
        watch();
        put("new");
        awaitStaged(1);
        becomeThreads();
        await().until(() -> texts("Done").size() == 1);
        put("newer");
        awaitStaged(2);

        assertThat(staged()).containsExactly(mail("new"), mail("newer"));
    }

    @Test
    void wrongPasswordIsSaidAndTheRightOneHealsIt() throws Exception {
        server.password("another-password");
        begin();
        await().until(() ->
                node.ledger.states().find("main").isPresent() && node.state().downSince() != null);

        assertThat(node.state().reason())
                .isEqualTo("127.0.0.1:" + server.port()
                        + ": refuses the login of hotel@hotel.example: NO [AUTHENTICATIONFAILED] wrong;"
                        + " check the user and the password, or the application's rights");

        server.password("secret-of-the-mailbox");
        await().until(() -> node.state().downSince() == null);
    }

    @Test
    void oneMailboxThatIsDownKeepsNoOtherWaiting() throws Exception {
        try (var other = new io.threadpost.testing.ModelImapServer()) {
            begin(
                    "threadpost.mail.spa.host", "127.0.0.1",
                    "threadpost.mail.spa.port", String.valueOf(other.port()),
                    "threadpost.mail.spa.tls", "none",
                    "threadpost.mail.spa.username", "spa@hotel.example",
                    "threadpost.mail.spa.password", "wrong",
                    "threadpost.mail.spa.poll", "1s");
            looked();
            await().until(() -> node.ledger
                    .states()
                    .find("spa")
                    .filter(spa -> spa.downSince() != null)
                    .isPresent());
            put("one");
            awaitStaged(1);

            assertThat(node.state().downSince()).isNull();
        }
    }

    @Test
    void brokenConnectionsHeal() throws Exception {
        watch();
        server.hangUp();
        put("one");
        awaitStaged(1);
        server.answer("UID FETCH 2 ", "hang up");
        put("two");
        await().until(() -> node.state().downSince() != null);
        server.answer("UID FETCH 2 ", null);
        awaitStaged(2);
        await().until(() -> node.state().downSince() == null);

        assertThat(staged()).containsExactly(mail("one"), mail("two"));
    }

    @Test
    void mailThatMakesTheServerHangUpKeepsNoOtherWaiting() throws Exception {
        server.answer("UID FETCH 1 ", "hang up");
        put("one");
        put("two");
        put("three");
        begin("threadpost.mail.start", "everything");
        awaitStaged(2);
        assertThat(staged()).containsExactly(mail("two"), mail("three"));

        server.answer("UID FETCH 1 ", null);
        awaitStaged(3);
        await().until(() -> node.state().downSince() == null);
    }

    @Test
    void connectionThatBreaksAtEverySecondMailIsNotWaitedForLongerAndLonger() throws Exception {
        for (int mail = 1; mail <= 8; mail++) {
            put("mail " + mail);
        }
        List<Integer> failures = new CopyOnWriteArrayList<>();
        for (int mail = 2; mail <= 8; mail += 2) {
            server.before("UID FETCH " + mail + " ", () -> {
                ledger.rows("SELECT failures FROM mailbox").forEach(row -> failures.add(Integer.parseInt(row)));
                server.hangUp();
            });
        }
        begin("threadpost.mail.start", "everything");
        awaitStaged(8);

        assertThat(failures).hasSize(4).allMatch(count -> count <= 1);
    }

    @Test
    void serverThatIsBusyAtTheLoginIsTriedAgainAsOneThatIsDown() throws Exception {
        server.answer("AUTHENTICATE", "NO [UNAVAILABLE] come again");
        server.answer("LOGIN", "NO [UNAVAILABLE] come again");
        node = new MailboxNode(ledger.ledger(), folder, Map.of("threadpost.mail.port", String.valueOf(server.port())));
        node.pace =
                new MailboxWatcher.Pace(MailboxNode.SOON, new Backoff(Duration.ofHours(1), Duration.ofHours(10)), 1000);
        node.start();
        await().until(() ->
                node.ledger.states().find("main").isPresent() && node.state().failures() > 2);

        assertThat(node.state().reason())
                .isEqualTo(
                        "127.0.0.1:" + server.port() + ": accepts no login at the moment: NO [UNAVAILABLE] come again");
    }

    @Test
    void loginThatOpensNothingIsSaidWithWhatToDo() throws Exception {
        server.answer("NAMESPACE", "BAD User is authenticated but not connected.");
        server.answer("LIST", "BAD User is authenticated but not connected.");
        server.answer("EXAMINE", "BAD User is authenticated but not connected.");
        begin();
        await().until(() ->
                node.ledger.states().find("main").isPresent() && node.state().downSince() != null);

        assertThat(node.state().reason())
                .contains("BAD User is authenticated but not connected.; the login is good, but may not open this "
                        + "mailbox");
    }

    @Test
    void refusedLoginAfterAnOutageIsTheFirstOne() throws Exception {
        Duration first = Duration.ofMinutes(10);
        server.answer("EXAMINE", "hang up");
        node = new MailboxNode(ledger.ledger(), folder, Map.of("threadpost.mail.port", String.valueOf(server.port())));
        node.pace = new MailboxWatcher.Pace(MailboxNode.SOON, new Backoff(first, Duration.ofHours(10)), 1000);
        node.start();
        await().until(() ->
                node.ledger.states().find("main").isPresent() && node.state().failures() > 3);
        server.password("another");
        await().until(() -> node.state().reason().contains("refuses the login"));

        assertThat(node.state().failures()).isEqualTo(1);
        assertThat(node.state().until()).isBefore(Instant.now().plus(first));
    }

    @Test
    void killedAfterStagingItIsNotStagedAgain() throws Exception {
        watch();
        put("one");
        awaitStaged(1);
        // What a crash before this row would leave cannot be: it is one transaction. But the row may be lost with a
        // restored ledger.
        node.close();
        ledger.change("DELETE FROM mailbox_mail");
        begin();
        put("two");
        awaitStaged(2);
        looked();

        assertThat(staged()).containsExactly(mail("one"), mail("two"));
    }

    @Test
    void onlyTheFoldersThatAreNeededAreMade() throws Exception {
        watch();
        put("one");
        awaitStaged(1);
        looked();

        assertThat(server.folders()).isEqualTo(Set.of("INBOX"));
    }
}
