package io.threadpost.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.mail.Mail.State;
import io.threadpost.mail.Mails.Staged;

/** Mails are staged with their bytes and their item in one transaction, and each only once. */
@OnBothDatabases
class StagingTest extends MailBehaviour {
    private static final String MAIL = "Message-ID: <a@guest.example>\r\nSubject: Late arrival\r\n\r\nHello\r\n";

    @Test
    void bytesRecordAndItemAreThereTogether() throws IOException {
        Staged staged = node.stage(MAIL);

        assertThat(staged.fresh()).isTrue();
        Mail mail = node.mails.find(staged.number()).orElseThrow();
        assertThat(mail.state()).isEqualTo(State.WAITING);
        assertThat(mail.mailbox()).isEqualTo("main");
        assertThat(mail.connection()).isEqualTo("hotel");
        assertThat(mail.received()).isEqualTo(MailNode.NOON);
        assertThat(mail.bytes()).isEqualTo(MAIL.length());
        assertThat(mail.purged()).isFalse();
        assertThat(mail.key()).startsWith("main/");
        assertThat(node.mails.raw(staged.number()).readAllBytes()).asString().isEqualTo(MAIL);
        assertThat(rows("SELECT spool, state, size FROM spool_parcel")).containsExactly("mail|waiting|1");
    }

    @Test
    void nothingIsThereWhenTheTransactionFails() throws IOException {
        Path file = Files.writeString(folder.resolve("mail"), MAIL);
        Arrival arrival = Arrival.of("main", "hotel", MailNode.NOON, file);
        assertThatThrownBy(() -> database.ledger().write(tx -> {
                    node.mails.stage(tx, arrival);
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(rows("SELECT id FROM mail")).isEmpty();
        assertThat(rows("SELECT mail FROM mail_raw")).isEmpty();
        assertThat(rows("SELECT id FROM spool_parcel")).isEmpty();
    }

    @Test
    void sameMailIsStagedOnce() {
        Staged first = node.stage(MAIL);
        Staged again = node.stage("Received: from mx.example\r\nX-Spam: no\r\n" + MAIL);

        assertThat(again).isEqualTo(new Staged(first.number(), false));
        assertThat(rows("SELECT size FROM spool_parcel")).hasSize(1);
        assertThat(rows("SELECT mail FROM mail_raw")).hasSize(1);
    }

    @Test
    void twoMailboxesHaveEachTheirOwn() {
        Staged first = node.stage("main", MAIL.getBytes(), MailNode.NOON);
        Staged second = node.stage("spa", MAIL.getBytes(), MailNode.NOON);

        assertThat(second.fresh()).isTrue();
        assertThat(second.number()).isNotEqualTo(first.number());
    }

    @Test
    void largeMailsComeBackByteForByte() throws IOException {
        for (int size : new int[] {0, 1, 256 * 1024, 256 * 1024 + 1, 3 << 20}) {
            byte[] raw = new byte[size];
            new Random(size).nextBytes(raw);

            Staged staged = node.stage(raw);

            assertThat(node.mails.raw(staged.number()).readAllBytes()).isEqualTo(raw);
            assertThat(node.mails.find(staged.number()).orElseThrow().bytes()).isEqualTo(size);
        }
    }

    @Test
    void mailThatWasReleasedIsNotParkedByWhoHadItBefore() {
        long number = node.stage(MAIL).number();
        Mail before = node.mails.find(number).orElseThrow();
        node.mails.park(before, "bounce", "a bounce");
        Mail parked = node.mails.find(number).orElseThrow();
        assertThat(parked.state()).isEqualTo(State.PARKED);
        assertThat(parked.reason()).isEqualTo("bounce");
        assertThat(parked.why()).isEqualTo("a bounce");

        node.actions.release(MailSelection.one(number));
        node.mails.park(before, "bounce", "a bounce");

        assertThat(node.mails.find(number).orElseThrow().state()).isEqualTo(State.WAITING);
    }

    @Test
    void threadStaysOne() {
        long number = node.stage(MAIL).number();

        node.mails.added(number, "3fa85f64");
        node.mails.park(node.mails.find(number).orElseThrow(), "bounce", "a bounce");
        node.mails.added(number, "another");

        Mail mail = node.mails.find(number).orElseThrow();
        assertThat(mail.state()).isEqualTo(State.THREAD);
        assertThat(mail.thread()).isEqualTo("3fa85f64");
        assertThat(mail.reason()).isNull();
    }
}
