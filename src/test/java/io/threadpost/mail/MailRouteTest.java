package io.threadpost.mail;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.Sources;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.mail.MailRecord.State;
import io.threadpost.mail.mime.ReadMails;

/**
 * The shipped route, but for the call to the platform: what the platform would get is collected, and it answers as a
 * test wants.
 */
@OnBothDatabases
@Proves(Promise.EVERY_MAIL_BECOMES_ONE_THREAD)
class MailRouteTest extends MailBehaviour {
    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private volatile Processor platform;

    @BeforeEach
    void start() throws Exception {
        platform = exchange -> {
            Message message = exchange.getMessage();
            asked.add(message.getHeader("OriginalSender") + " | " + message.getHeader("Subject"));
            message.setHeader("ThreadpostThread", "thread-of-" + message.getHeader("ThreadpostKey"));
        };
        node.run(
                "mail-to-thread",
                Sources.text(Path.of("routes/mail-to-thread.camel.yaml")),
                exchange -> platform.process(exchange));
    }

    private MailRecord settled(long number) {
        await().until(() -> node.mailRepository.find(number).orElseThrow().state() != State.WAITING);
        return node.mailRepository.find(number).orElseThrow();
    }

    private long stage(String fixture) {
        return node.stage(ReadMails.bytes(ReadMails.FIXTURES.resolve(fixture + ".eml")))
                .number();
    }

    @Test
    void mailOfAPersonBecomesAThread() {
        MailRecord mailRecord = settled(stage("words-split-in-a-character"));

        assertThat(mailRecord.state()).isEqualTo(State.THREAD);
        assertThat(mailRecord.thread()).isEqualTo("thread-of-" + mailRecord.key());
        assertThat(mailRecord.why()).isEqualTo("became thread " + mailRecord.thread());
        assertThat(mailRecord.sender()).isEqualTo("Jana Nováková <jana@guest.example>");
        assertThat(mailRecord.subject()).isEqualTo("Pozdní příjezd a parkování");
        assertThat(asked).containsExactly("Jana Nováková <jana@guest.example> | Pozdní příjezd a parkování");
        assertThat(rows("SELECT reading FROM mail_reading"))
                .singleElement()
                .asString()
                .contains("we arrive at eleven");
    }

    @Test
    void mailOfAGroupOfOursIsItsWriters() throws Exception {
        node.remove("mail-to-thread");
        node.run(
                "mail-to-thread",
                Sources.text(Path.of("routes/mail-to-thread.camel.yaml"))
                        .replace("allow: \"\"", "lists: desk.hotel.example\n              absence: Gone fishing"),
                exchange -> platform.process(exchange));

        MailRecord mailRecord =
                settled(node.stage("From: 'Eva N' via Desk <desk@hotel.example>\r\nSubject: Late check-out\r\n"
                                + "X-Original-From: Eva N <eva@guest.example>\r\nPrecedence: list\r\n"
                                + "List-Id: <desk.hotel.example>\r\n\r\nHello\r\n")
                        .number());

        assertThat(mailRecord.state()).as(mailRecord.why()).isEqualTo(State.THREAD);
        assertThat(mailRecord.sender()).isEqualTo("Eva N <eva@guest.example>");
        assertThat(asked).containsExactly("Eva N <eva@guest.example> | Late check-out");
        assertThat(rows("SELECT sender FROM mail")).containsExactly("eva@guest.example");
        assertThat(settled(node.stage("From: a@guest.example\r\nSubject: Gone fishing: Re: x\r\n\r\n")
                                .number())
                        .reason())
                .isEqualTo("out-of-office");
    }

    @Test
    void mailBeyondItsLimitsIsParkedWithWhatWasRead() {
        MailRecord mailRecord = settled(node.stage("From: Eva <eva@guest.example>\r\nSubject: Photos\r\n"
                        + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(1100))
                .number());

        assertThat(mailRecord.state()).isEqualTo(State.PARKED);
        assertThat(mailRecord.reason()).isEqualTo("unreadable");
        assertThat(mailRecord.why())
                .isEqualTo("it was not read to its end: it has more than 1000 parts; what follows was left out");
        assertThat(mailRecord.sender()).isEqualTo("Eva <eva@guest.example>");
        assertThat(mailRecord.subject()).isEqualTo("Photos");

        node.actions.release(MailSelection.one(mailRecord.number()));

        assertThat(settled(mailRecord.number()).state()).isEqualTo(State.THREAD);
        assertThat(asked).containsExactly("Eva <eva@guest.example> | Photos");
    }

    @Test
    void mailOfAProgramIsParked() {
        MailRecord mailRecord = settled(stage("report"));

        assertThat(mailRecord.state()).isEqualTo(State.PARKED);
        assertThat(mailRecord.reason()).isEqualTo("bounce");
        assertThat(mailRecord.why()).isEqualTo("a report that a mail was not delivered");
        assertThat(asked).isEmpty();
        assertThat(rows("SELECT verdict FROM mail_reading"))
                .singleElement()
                .asString()
                .contains("\"person\":false");
    }

    @Test
    void whatThePlatformRefusesIsParkedWithItsWords() {
        platform = exchange -> {
            exchange.getMessage().setHeader("ThreadpostRefused", "the platform answered 400: no such thing");
            exchange.getMessage().setHeader("ThreadpostRefusal", "refused-400");
        };
        MailRecord mailRecord = settled(stage("plain"));

        assertThat(mailRecord.state()).isEqualTo(State.PARKED);
        assertThat(mailRecord.reason()).isEqualTo("refused-400");
        assertThat(mailRecord.why()).isEqualTo("the platform answered 400: no such thing");
    }

    @Test
    void allFixturesEndAsThreadsOrParked() {
        List<Long> numbers = ReadMails.fixtures().stream()
                .filter(file -> file.toString().endsWith(".eml"))
                .map(file -> node.stage(ReadMails.bytes(file)))
                .map(MailRepository.Staged::number)
                .distinct()
                .toList();

        assertThat(numbers).hasSizeGreaterThan(40);
        for (long number : numbers) {
            MailRecord mailRecord = settled(number);
            assertThat(mailRecord.state()).isIn(State.THREAD, State.PARKED);
            assertThat(mailRecord.why()).isNotBlank();
        }
        assertThat(asked).noneMatch(pair -> pair.startsWith(" |") || pair.endsWith("| "));
    }

    @Test
    void mailThatComesAgainAfterACrashIsSettledOnce() {
        long number = stage("plain");
        MailRecord mailRecord = settled(number);

        node.camel.createProducerTemplate().sendBodyAndHeader("spool:mail", number, "ThreadpostKey", mailRecord.key());

        await().untilAsserted(() -> assertThat(rows("SELECT state FROM spool_parcel WHERE spool = 'mail' ORDER BY id"))
                .containsExactly("finished", "finished"));
        assertThat(asked).hasSize(1);
    }

    @Test
    void mailThatPassedIsNotParkedByAnotherRule() throws Exception {
        platform = exchange -> {
            throw new IllegalStateException("killed behind the judge");
        };
        long number = stage("portal");
        await().untilAsserted(() -> assertThat(
                        rows("SELECT passed FROM mail WHERE id = ?", number).get(0))
                .isIn("1", "t"));
        node.remove("mail-to-thread");
        platform = exchange -> exchange.getMessage().setHeader("ThreadpostThread", "t");
        node.run(
                "mail-to-thread",
                Sources.text(Path.of("routes/mail-to-thread.camel.yaml")).replace("deny: \"\"", "deny: portal.example"),
                exchange -> platform.process(exchange));

        assertThat(settled(number).state()).isEqualTo(State.THREAD);
        assertThat(settled(node.stage("From: a@portal.example\n\nx").number()).reason())
                .isEqualTo("denied");
    }

    @Test
    void moreThanTheRateIsParked() throws Exception {
        node.remove("mail-to-thread");
        node.run(
                "mail-to-thread",
                Sources.text(Path.of("routes/mail-to-thread.camel.yaml"))
                        .replace("rate: 3600", "rate: 2")
                        .replace("parallel: 4", "parallel: 1"),
                exchange -> platform.process(exchange));
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            reasons.add(settled(node.stage("From: loop@guest.example\nMessage-ID: <" + i + "@x>\n\nx")
                            .number())
                    .reason());
        }
        String other =
                settled(node.stage("From: other@guest.example\n\nx").number()).reason();
        String later = settled(node.stage(
                                "main", "From: loop@guest.example\n\nlater".getBytes(), MailNode.NOON.plusSeconds(3601))
                        .number())
                .reason();

        assertThat(reasons).containsExactly(null, null, "rate", "rate");
        assertThat(other).isNull();
        assertThat(later).isNull();
    }
}
