package io.threadpost.reply;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** Who gets no reply, and how two programs that answer each other come to an end. */
@Proves(Promise.EVERY_REPLY_IS_ONE_MAIL)
class ReplyLoopTest extends ReplyBehaviour {
    private SandboxPlatform platform;
    private ReplyNode node;

    /** @return the thread that a guest's mail began, on a node that runs */
    private String arrival() throws Exception {
        platform = platform(new SandboxOptions());
        node = node(platform).start();
        return conversation(platform, node, "guest@guest.example", "Arrival");
    }

    /** A responder on the guest's side answers at once, or after a while, and one on the hotel's side, too. */
    @ParameterizedTest
    @ValueSource(ints = {1, 600})
    void twoProgramsGetThreeMailsAtMost(int seconds) throws Exception {
        String thread = arrival();
        for (int mail = 1; mail <= 4; mail++) {
            platform.conversations()
                    .staffAnswers(thread, seconds == 1 ? "We are away, " + mail : "We are away, until Monday.");
            int settled = mail;
            await().until(() ->
                    rows("SELECT message FROM reply WHERE state <> 'waiting'").size() == settled);
            passed(seconds);
            mail(thread, "guest@guest.example", "Re: Arrival", Instant.now());
        }

        assertThat(mails.arrived()).hasSize(3);
        assertThat(rows(STATES)).containsExactly("sent|3", "withheld|1");
        assertThat(rows("SELECT why FROM reply WHERE state = 'withheld'").get(0))
                .endsWith("two programs seem to answer each other");
        assertThat(node.conversations.stopped(10))
                .extracting(stopped -> stopped.thread())
                .containsExactly(thread);

        ReplyActions actions = new ReplyActions(ledger.ledger(), node.conversations);
        assertThat(actions.resume(thread, true)).contains(new ReplyActions.Resumed(true, 1));
        awaitStates("sent|4");
        assertThat(mails.arrived()).hasSize(4);
    }

    /** With other words each time: faster than a person can read, or type. */
    @ParameterizedTest
    @CsvSource({"1, 0", "14, 10", "60, 700"})
    void programsThatVaryTheirWordsGetThreeMailsAtMost(int seconds, int typed) throws Exception {
        assertThat(varied(seconds, typed, 4)).containsExactly("sent|3", "withheld|1");
        assertThat(mails.arrived()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource({"16, 0", "60, 500"})
    void aGuestInAHurryIsNoProgram(int seconds, int typed) throws Exception {
        assertThat(varied(seconds, typed, 6)).containsExactly("sent|6");
    }

    @Test
    void answersThatQuoteAreAPersons() throws Exception {
        String thread = arrival();
        for (int mail = 1; mail <= 5; mail++) {
            hotelAnswers(thread, mail, 1);
            guestAnswers(thread, "words " + mail);
            ledger.change("UPDATE mail SET by_person = TRUE");
        }
        assertThat(rows(STATES)).containsExactly("sent|5");
    }

    @Test
    void eightAnswersWithinSecondsPassAndTheNextOneIsWithheld() throws Exception {
        assertThat(varied(20, 10, 9)).containsExactly("sent|8", "withheld|1");
    }

    /** The hotel and the guest answer each other, each time in other words. */
    private List<String> varied(int seconds, int typed, int rounds) throws Exception {
        String thread = arrival();
        for (int mail = 1; mail <= rounds; mail++) {
            hotelAnswers(thread, mail, seconds);
            guestAnswers(thread, "words " + mail);
            ledger.change("UPDATE mail SET typed = ?, letters = ?", typed, typed);
        }
        return rows(STATES);
    }

    /** It answers neither the address of the thread nor the mail, so that each of its mails is a thread. */
    @Test
    void aProgramThatBeginsAThreadEachTimeGetsThreeMailsAtMost() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform).start();
        for (int mail = 1; mail <= 4; mail++) {
            String thread = conversation(platform, node, "guest@guest.example", "Your mail");
            ledger.change("UPDATE mail SET fingerprint = 'words ' || id");
            platform.conversations().staffAnswers(thread, "Welcome, " + mail);
            awaitSettled(mail);
            passed(1);
        }
        assertThat(rows(STATES)).containsExactly("sent|3", "withheld|1");
    }

    /** They cross: each side writes twice before it reads the other's. */
    @Test
    void programsThatWriteTwiceEachTimeGetThreeMailsAtMost() throws Exception {
        String thread = arrival();
        hotelWritesTwice(thread, 1);
        awaitStates("sent|2");
        passed(1);
        guestWritesTwice(thread, 1);
        hotelWritesTwice(thread, 2);
        awaitStates("sent|3", "waiting|1");
        await().until(() -> rows("SELECT why FROM reply WHERE state = 'waiting'")
                .equals(List.of("it waits for an answer to the replies before it")));
        passed(1);
        guestWritesTwice(thread, 2);
        awaitStatesHastened("sent|3", "withheld|1");
        assertThat(mails.arrived()).hasSize(3);
    }

    /** The hotel's last message was the last word: nobody answers the one before it. Or a clock was ahead meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {80, -3600})
    void aReplyThatWaitsForAProgramsAnswerIsSentWithoutOne(int seconds) throws Exception {
        String thread = arrival();
        hotelWritesTwice(thread, 1);
        awaitStates("sent|2");
        passed(1);
        guestWritesTwice(thread, 1);
        hotelWritesTwice(thread, 2);
        awaitStates("sent|3", "waiting|1");
        passed(seconds);
        awaitStatesHastened("sent|4");
    }

    /** The mail server's answer is lost: the mail is sent again after its first copy was answered. */
    @Test
    void aMailThatIsAnsweredBeforeItsServerAcceptsItCounts() throws Exception {
        String thread = arrival();
        for (int mail = 1; mail <= 4; mail++) {
            hotelAnswers(thread, mail, 3);
            guestAnswers(thread, "words " + mail);
            ledger.change("UPDATE reply SET changed = recorded + 2900 WHERE changed < recorded + 2900");
            ledger.change("UPDATE mail SET staged = staged - 2000, received = received - 2000");
            passed(5);
        }
        assertThat(rows(STATES)).containsExactly("sent|3", "withheld|1");
    }

    /** The time of acceptance is corrected when the clock is right again. */
    @Test
    void repliesThatWereRecordedWhileAClockWasAheadCount() throws Exception {
        String thread = arrival();
        for (int mail = 1; mail <= 4; mail++) {
            platform.conversations().staffAnswers(thread, "Answer " + mail);
            awaitSettled(mail);
            ledger.change("UPDATE reply SET recorded = changed + 86400000");
            passed(1);
            guestAnswers(thread, "words " + mail);
        }
        assertThat(rows(STATES)).containsExactly("sent|3", "withheld|1");
    }

    /** The platform was down for minutes: the hotel's program answers as soon as it sees the mail. */
    @Test
    void aMailThatIsAMessageMuchLaterIsAnsweredSoon() throws Exception {
        String thread = arrival();
        for (int mail = 1; mail <= 4; mail++) {
            hotelAnswers(thread, mail, 1);
            guestAnswers(thread, "words " + mail);
            passed(300);
            ledger.change(
                    "INSERT INTO message_add (connection, item_key, part, mail, thread, state, touched)"
                            + " SELECT 'main', 'item ' || MAX(id), 0, MAX(id), ?, 'added', ? FROM mail",
                    thread,
                    now());
        }
        assertThat(rows(STATES)).containsExactly("sent|3", "withheld|1");
    }

    private static long now() {
        return Instant.now().toEpochMilli();
    }

    /** The delay may be stored only after the test went on. */
    private void awaitStatesHastened(String... states) {
        await().until(() -> {
            ledger.change("UPDATE spool_parcel SET due = 0 WHERE state = 'waiting'");
            return rows(STATES).equals(List.of(states));
        });
    }

    private void hotelWritesTwice(String thread, int round) {
        platform.conversations().staffAnswers(thread, "First " + round);
        platform.conversations().staffAnswers(thread, "Second " + round);
    }

    private void guestWritesTwice(String thread, int round) throws Exception {
        guestAnswers(thread, "words " + round);
        mail(thread, "guest@guest.example", "Re: Arrival", Instant.now().plusMillis(1), "more " + round);
    }

    /** A program that polls its mailbox each minute, and another that answers at once in other words. */
    @Test
    void aProgramThatIsSlowAndSaysTheSameGetsThreeMailsAtMost() throws Exception {
        String thread = arrival();
        for (int mail = 1; mail <= 4; mail++) {
            hotelAnswers(thread, mail, 300);
            mail(thread, "guest@guest.example", "Re: Arrival", Instant.now());
            ledger.change("UPDATE mail SET letters = 200");
        }
        assertThat(rows(STATES)).containsExactly("sent|3", "withheld|1");
    }

    /** The hotel's reply is settled, and then so many seconds pass. */
    private void hotelAnswers(String thread, int reply, int seconds) throws Exception {
        platform.conversations().staffAnswers(thread, "Answer " + reply);
        awaitSettled(reply);
        passed(seconds);
    }

    private void guestAnswers(String thread, String words) throws Exception {
        mail(thread, "guest@guest.example", "Re: Arrival", Instant.now(), words);
    }

    private void awaitSettled(int replies) {
        await().until(() ->
                rows("SELECT message FROM reply WHERE state <> 'waiting'").size() == replies);
    }

    @Test
    void whoSaysTheSameSlowlyIsNoProgram() throws Exception {
        String thread = arrival();
        for (int mail = 1; mail <= 6; mail++) {
            platform.conversations().staffAnswers(thread, "Answer " + mail);
            int sent = mail;
            await().until(() -> rows(STATES).equals(List.of("sent|" + sent)));
            passed(60);
            mail(thread, "guest@guest.example", "Re: Arrival", Instant.now());
        }
        assertThat(mails.arrived()).hasSize(6);
    }

    /** So that the test need not wait, everything was earlier. */
    private void passed(int seconds) {
        ledger.change(
                "UPDATE reply SET changed = changed - ?, recorded = recorded - ?, created = created - ?",
                seconds * 1000L,
                seconds * 1000L,
                seconds * 1000L);
        ledger.change("UPDATE mail SET received = received - ?, staged = staged - ?", seconds * 1000L, seconds * 1000L);
        ledger.change("UPDATE message_add SET touched = touched - ?", seconds * 1000L);
    }

    @Test
    void whoMustNotBeAnsweredIsNot() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform);
        String automatic = conversation(platform, node, "portal@portal.example", "Newsletter");
        ledger.change("UPDATE conversation SET unanswerable = 'it came by the list x' WHERE thread = ?", automatic);
        String own = conversation(platform, node, "hotel@hotel.example", "To myself");
        String foreign = conversation(platform, node, "gäst@guest.example", "No address that can be written to");
        String injected = conversation(platform, node, "a@b.example\r\nBcc: c@d.example", "Injected");
        String stranger = platform.addThread(platform.now(), "Zoë", "No mail began this thread");
        String person = conversation(platform, node, "guest@guest.example", "Re: RE[2]: \r\nBcc: x@y.example");
        node.start();
        for (String thread : List.of(automatic, own, foreign, injected, stranger, person)) {
            platform.conversations().staffAnswers(thread, "Dear guest");
            platform.conversations().clientAdds(thread, "Added by a client");
        }
        awaitStates("sent|1", "withheld|4");

        assertThat(mails.arrived()).hasSize(1);
        assertThat(mails.deliveries().get(0).recipient()).isEqualTo("guest@guest.example");
        assertThat(mails.arrived().get(0).getSubject()).isEqualTo("Re: Bcc: x@y.example");
        assertThat(mails.arrived().get(0).getHeader("Bcc")).isNull();
        assertThat(rows("SELECT why FROM reply WHERE state = 'withheld' AND thread = ?", automatic))
                .containsExactly("not to be answered: it came by the list x");
    }

    @Test
    void anAddressGetsSoManyMailsInAnHour() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform, "threadpost.replies.rate", "2").start();
        String one = conversation(platform, node, "guest@guest.example", "One");
        String two = conversation(platform, node, "guest@guest.example", "Two");
        for (String thread : List.of(one, two)) {
            platform.conversations().staffAnswers(thread, "First");
            platform.conversations().staffAnswers(thread, "Second");
        }
        awaitStates("sent|2", "waiting|2");
        await().until(() ->
                rows("SELECT why FROM reply WHERE state = 'waiting' AND why LIKE '2 mails to this address in"
                                        + " an hour%'")
                                .size()
                        == 2);
        assertThat(rows("SELECT attempts FROM spool_parcel WHERE attempts > 0")).isEmpty();

        ledger.change("UPDATE reply SET changed = changed - 3600000 WHERE state = 'sent'");
        ledger.change("UPDATE spool_parcel SET due = 0");
        awaitStates("sent|4");
    }

    @Test
    void whatWasWrittenBeforeIsNotSent() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform);
        String thread = conversation(platform, node, "guest@guest.example", "Arrival");
        platform.conversations().staffAnswers(thread, "Before replies were on");
        long since = Instant.now().plusSeconds(2).toEpochMilli();
        ledger.change("UPDATE target SET since = ? WHERE name = 'replies'", since);
        await().until(() -> platform.now().toEpochMilli() > since + 1000);
        node.start();
        platform.conversations().staffAnswers(thread, "After");
        awaitStates("sent|1");
        assertThat(part(mails.arrived().get(0), 0)).startsWith("After");
    }
}
