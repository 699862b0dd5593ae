package io.threadpost.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.mail.MailRecord.State;
import io.threadpost.mail.MailRepository.Staged;

/** Mails are staged with their bytes and their item in one transaction, and each only once. */
@OnBothDatabases
@Proves(Promise.EVERY_MAIL_IS_STAGED_ONCE)
class StagingTest extends MailBehaviour {
    private static final String MAIL = "Message-ID: <a@guest.example>\r\nSubject: Late arrival\r\n\r\nHello\r\n";

    @Test
    void bytesRecordAndItemAreThereTogether() throws IOException {
        Staged staged = node.stage(MAIL);

        assertThat(staged.fresh()).isTrue();
        MailRecord mailRecord = node.mailRepository.find(staged.number()).orElseThrow();
        assertThat(mailRecord.state()).isEqualTo(State.WAITING);
        assertThat(mailRecord.mailbox()).isEqualTo("main");
        assertThat(mailRecord.connection()).isEqualTo("hotel");
        assertThat(mailRecord.received()).isEqualTo(MailNode.NOON);
        assertThat(mailRecord.bytes()).isEqualTo(MAIL.length());
        assertThat(mailRecord.purged()).isFalse();
        assertThat(mailRecord.key()).startsWith("main/");
        assertThat(node.mailRepository.raw(staged.number()).readAllBytes())
                .asString()
                .isEqualTo(MAIL);
        assertThat(rows("SELECT spool, state, size FROM spool_parcel")).containsExactly("mail|waiting|1");
    }

    @Test
    void nothingIsThereWhenTheTransactionFails() throws IOException {
        Path file = Files.writeString(folder.resolve("mail"), MAIL);
        FetchedMail fetchedMail = FetchedMail.of("main", "hotel", MailNode.NOON, file);
        assertThatThrownBy(() -> database.ledger().write(tx -> {
                    node.mailRepository.stage(tx, fetchedMail);
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

            assertThat(node.mailRepository.raw(staged.number()).readAllBytes()).isEqualTo(raw);
            assertThat(node.mailRepository.find(staged.number()).orElseThrow().bytes())
                    .isEqualTo(size);
        }
    }

    @Test
    void mailThatWasReleasedIsNotParkedByWhoHadItBefore() {
        long number = node.stage(MAIL).number();
        MailRecord before = node.mailRepository.find(number).orElseThrow();
        node.mailRepository.park(before, "bounce", "a bounce");
        MailRecord parked = node.mailRepository.find(number).orElseThrow();
        assertThat(parked.state()).isEqualTo(State.PARKED);
        assertThat(parked.reason()).isEqualTo("bounce");
        assertThat(parked.why()).isEqualTo("a bounce");

        node.actions.release(MailSelection.one(number));
        node.mailRepository.park(before, "bounce", "a bounce");

        assertThat(node.mailRepository.find(number).orElseThrow().state()).isEqualTo(State.WAITING);
    }

    @Test
    void threadStaysOne() {
        long number = node.stage(MAIL).number();

        node.mailRepository.added(number, "3fa85f64");
        node.mailRepository.park(node.mailRepository.find(number).orElseThrow(), "bounce", "a bounce");
        node.mailRepository.added(number, "another");

        MailRecord mailRecord = node.mailRepository.find(number).orElseThrow();
        assertThat(mailRecord.state()).isEqualTo(State.THREAD);
        assertThat(mailRecord.thread()).isEqualTo("3fa85f64");
        assertThat(mailRecord.reason()).isNull();
    }
}
