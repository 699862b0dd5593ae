package io.threadpost.mail;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.Sources;
import io.threadpost.conversation.Conversation;
import io.threadpost.ledger.OnBothDatabases;
import io.threadpost.mail.MailRecord.State;

/** The shipped route, but for the platform: a thread is named by the subject of the mail that it began with. */
@OnBothDatabases
@Proves(Promise.EVERY_MAIL_IS_ONE_MESSAGE)
class FindConversationTest extends MailBehaviour {
    private static final String ANNA = "Anna Guest <anna@guest.example>";
    private static final String EVE = "Eve <eve@stranger.example>";
    /** A reply that was sent to Anna in the thread "Room". */
    private static final String REPLY = "<reply-1@hotel.example>";

    private static final String ROUTE = Sources.text(Path.of("routes/mail-to-thread.camel.yaml"));

    /** Of each mail, the thread and its subject, in the order in which they were added. */
    private final List<String> added = Collections.synchronizedList(new ArrayList<>());

    private int mails;

    @BeforeEach
    void start() throws Exception {
        run(ROUTE);
    }

    private void run(String yaml) throws Exception {
        node.run("mail-to-thread", yaml, this::add);
    }

    private void start(Map<String, String> settings) throws Exception {
        node.close();
        node = new MailNode(database.ledger(), folder, settings);
        start();
    }

    private void add(Exchange exchange) {
        String subject = (String) exchange.getMessage().getBody(Map.class).get("subject");
        String continued = exchange.getProperty("ThreadpostContinues", String.class);
        String thread = continued == null ? "thread " + subject : continued;
        exchange.getMessage().setHeader("ThreadpostThread", thread);
        added.add(thread + " | " + subject);
    }

    /** A mail of a person, with more fields. */
    private String mail(String from, String subject, String id, String... fields) {
        return "From: " + from + "\r\nTo: hotel@hotel.example\r\nSubject: " + subject + "\r\nMessage-ID: " + id + "\r\n"
                + "Date: Sun, 22 Nov 2026 11:00:" + String.format("%02d", mails++ % 60) + " +0000\r\n"
                + String.join(
                        "",
                        List.of(fields).stream().map(field -> field + "\r\n").toList())
                + "\r\nHello " + subject + "\r\n";
    }

    private long stage(String raw) {
        return node.stage(raw).number();
    }

    private MailRecord settled(long number) {
        await().until(() -> node.mailRepository.find(number).orElseThrow().state() != State.WAITING);
        return node.mailRepository.find(number).orElseThrow();
    }

    private MailRecord arrives(String raw) {
        return settled(stage(raw));
    }

    /** The thread "Room", which Anna began with the mail a1, and in which the hotel has replied. */
    private Conversation room() {
        arrives(mail(ANNA, "Room", "<a1@guest.example>"));
        database.change(
                "INSERT INTO reply (message, connection, thread, created, seen, state, message_id, recipient, changed)"
                        + " VALUES ('m1', 'hotel', 'thread Room', 2000000000000, 1, 'sent', ?,"
                        + " 'anna@guest.example', 1)",
                REPLY);
        return node.conversations.ofThread("thread Room").orElseThrow();
    }

    private String answers(long number) {
        return rows("SELECT answers FROM mail_conversation WHERE mail = ?", number)
                .get(0);
    }

    @Test
    void theFirstMailBeginsAConversation() {
        Conversation conversation = room();

        assertThat(conversation.guest()).isEqualTo("anna@guest.example");
        assertThat(conversation.guestName()).isEqualTo("Anna Guest");
        assertThat(conversation.subject()).isEqualTo("Room");
        assertThat(conversation.unanswerable()).isNull();
        assertThat(conversation.authenticated()).isFalse();
        assertThat(conversation.mail()).isEqualTo(1);
    }

    /** As after an upgrade: the thread has no conversation yet, and the ledger no key. */
    @Test
    void anAnswerContinuesAThreadFromBeforeThereWereConversations() throws Exception {
        room();
        database.change("DELETE FROM reply");
        database.change("DELETE FROM conversation");
        database.change("DELETE FROM signing_key");
        start(Map.of());

        MailRecord answer = arrives(mail(ANNA, "Re: Room", "<a2@guest.example>", "In-Reply-To: <a1@guest.example>"));

        assertThat(answer.thread()).isEqualTo("thread Room");
        assertThat(rows("SELECT attempts FROM spool_parcel WHERE attempts > 0")).isEmpty();
        assertThat(rows("SELECT reason FROM spool_pause")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "In-Reply-To: " + REPLY,
                "References: <a1@guest.example> " + REPLY,
                "References: <older@guest.example>\r\n\t<a1@guest.example>\r\n\t" + REPLY,
                "In-Reply-To: <a1@guest.example>",
                "In-Reply-To: Your message of Sunday " + REPLY + "\r\nReferences: <lost@guest.example>",
                "In-Reply-To: reply-1@hotel.example",
                "References: <reply-1@\r\n hotel.example>",
                "In-Reply-To: <forwarded@guest.example>\r\nReferences: <a1@guest.example> <forwarded@guest.example>",
                "References: =?utf-8?q?=3Creply-1=40hotel=2Eexample=3E?="
            })
    void whatItsGuestAnswersContinuesTheThread(String references) {
        room();

        MailRecord answer = arrives(mail(ANNA, "Something else", "<a2@guest.example>", references));

        assertThat(answer.thread()).isEqualTo("thread Room");
        assertThat(answer.why()).isEqualTo("became a message of thread thread Room");
        assertThat(added).containsExactly("thread Room | Room", "thread Room | Something else");
        assertThat(rows("SELECT thread FROM conversation")).containsExactly("thread Room");
    }

    @Test
    void aTokenInTheAddressContinuesTheThreadWithoutAnyReference() {
        String token = node.conversations.token(room()).toUpperCase();

        MailRecord answer =
                arrives(mail(ANNA, "a", "<a2@guest.example>", "Cc: \"H\" <hotel+" + token + "@hotel.example>"));
        MailRecord delivered =
                arrives(mail(ANNA, "b", "<a3@guest.example>", "Delivered-To: " + token + "@reply.hotel.example"));

        assertThat(List.of(answer.thread(), delivered.thread())).containsOnly("thread Room");
    }

    @Test
    void theSameSubjectDoesNotContinueAThread() {
        room();

        assertThat(arrives(mail(ANNA, "Re: Room", "<a2@guest.example>")).thread())
                .isEqualTo("thread Re: Room");
    }

    @Test
    void aStrangerWhoKnowsAMessageIdOrATokenGetsAThreadOfHisOwn() {
        String token = node.conversations.token(room());

        MailRecord quoting = arrives(mail(EVE, "Quote", "<e1@stranger.example>", "In-Reply-To: " + REPLY));
        MailRecord addressed =
                arrives(mail(EVE, "Token", "<e2@stranger.example>", "Cc: hotel+" + token + "@hotel.example"));
        MailRecord again = arrives(mail(
                EVE,
                "More",
                "<e3@stranger.example>",
                "In-Reply-To: <e1@stranger.example>",
                "References: <a1@guest.example> <e1@stranger.example>"));
        MailRecord guest = arrives(mail(
                ANNA,
                "Who is that?",
                "<a2@guest.example>",
                "In-Reply-To: <e1@stranger.example>",
                "References: <a1@guest.example> <e1@stranger.example>"));

        assertThat(quoting.thread()).isEqualTo("thread Quote");
        assertThat(addressed.thread()).isEqualTo("thread Token");
        assertThat(again.thread()).isEqualTo("thread Quote");
        assertThat(guest.thread()).isEqualTo("thread Room");
        assertThat(answers(quoting.number())).isEqualTo("Answers the thread of another guest: thread Room");
        assertThat(answers(addressed.number())).isEqualTo("Answers the thread of another guest: thread Room");
        assertThat(answers(again.number())).isEqualTo("null");
    }

    @Test
    void aForgedTokenIsNoToken() {
        String token = node.conversations.token(room());
        String forged = token.substring(0, 15) + (token.charAt(15) == 'a' ? 'b' : 'a') + token.substring(16);

        MailRecord mail = arrives(mail(ANNA, "Forged", "<x@guest.example>", "Cc: hotel+" + forged + "@hotel.example"));

        assertThat(mail.thread()).isEqualTo("thread Forged");
        assertThat(answers(mail.number())).isEqualTo("null");
    }

    @Test
    void aForgedSenderThatTheMailHostReportsGetsAThreadOfItsOwn() {
        String token = node.conversations.token(room());
        String failed = "Authentication-Results: mx.hotel.example; spf=pass smtp.mailfrom=stranger.example;"
                + " dmarc=fail header.from=guest.example";

        MailRecord forged = arrives(mail(ANNA, "Forged", "<f@guest.example>", failed, "In-Reply-To: " + REPLY));
        MailRecord withToken = arrives(mail(
                ANNA,
                "Token",
                "<g@guest.example>",
                failed,
                "In-Reply-To: " + REPLY,
                "Cc: hotel+" + token + "@hotel.example"));

        assertThat(forged.thread()).isEqualTo("thread Forged");
        assertThat(answers(forged.number()))
                .isEqualTo("Answers the thread thread Room, but its sender is not authenticated");
        assertThat(withToken.thread()).isEqualTo("thread Token");
    }

    @Test
    void whereAHostIsTrustedOnlyAuthenticatedMailContinuesAThread() throws Exception {
        node.remove("mail-to-thread");
        run(ROUTE.replace("allow: \"\"", "authserv: mx.hotel.example"));
        room();
        String passed = "Authentication-Results: mx.hotel.example; dmarc=pass header.from=guest.example";

        String token = node.conversations.token(
                node.conversations.ofThread("thread Room").orElseThrow());

        MailRecord without = arrives(mail(ANNA, "Without", "<b@guest.example>", "In-Reply-To: " + REPLY));
        MailRecord withToken =
                arrives(mail(ANNA, "Token", "<d@guest.example>", "Cc: hotel+" + token + "@hotel.example"));
        MailRecord with = arrives(mail(ANNA, "With", "<c@guest.example>", passed, "In-Reply-To: " + REPLY));

        assertThat(without.thread()).isEqualTo("thread Without");
        assertThat(with.thread()).isEqualTo("thread Room");
        assertThat(withToken.thread()).isEqualTo("thread Room");
        assertThat(node.conversations.ofThread("thread Room").orElseThrow().authenticated())
                .isTrue();
    }

    @Test
    void aSenderOfTheSettingsContinuesAnyThreadOfTheHotel() throws Exception {
        start(Map.of("threadpost.mail.may-continue", "agency.example"));
        room();

        MailRecord mail =
                arrives(mail("Al <al@agency.example>", "Agency", "<a@agency.example>", "In-Reply-To: " + REPLY));

        assertThat(mail.thread()).isEqualTo("thread Room");
        assertThat(node.conversations.ofThread("thread Room").orElseThrow().guest())
                .isEqualTo("anna@guest.example");
    }

    @Test
    void aReplyToAllWithManyAddressesAndAListContinuesOnlyItsSendersThread() {
        String token = node.conversations.token(room());
        String many = String.join(", ", Collections.nCopies(50, "somebody@elsewhere.example"));

        MailRecord all = arrives(mail(
                ANNA,
                "All",
                "<a2@guest.example>",
                "Cc: " + many + ", friends@lists.example, hotel+" + token + "@hotel.example"));
        MailRecord friend = arrives(mail(
                "Bo <bo@friend.example>",
                "Friend",
                "<b1@friend.example>",
                "In-Reply-To: <a2@guest.example>",
                "References: " + REPLY + " <a2@guest.example>",
                "Cc: " + many));

        assertThat(all.thread()).isEqualTo("thread Room");
        assertThat(friend.thread()).isEqualTo("thread Friend");
    }

    @Test
    void aResolvedThreadIsContinuedByOneNewThread() {
        room();
        node.platform.put("thread Room", "resolved");

        MailRecord first = arrives(mail(ANNA, "New", "<a2@guest.example>", "In-Reply-To: " + REPLY));
        MailRecord second = arrives(mail(ANNA, "Newer", "<a3@guest.example>", "In-Reply-To: " + REPLY));

        assertThat(first.thread()).isEqualTo("thread New");
        assertThat(second.thread()).isEqualTo("thread New");
        assertThat(answers(first.number())).isEqualTo("Continues the resolved thread thread Room");
    }

    @Test
    void aResolvedThreadIsContinuedWhereTheSettingsSaySoButNotOneThatIsGone() throws Exception {
        start(Map.of("threadpost.mail.resolved", "continue"));
        room();
        node.platform.put("thread Room", "resolved");
        MailRecord resolved = arrives(mail(ANNA, "Resolved", "<a2@guest.example>", "In-Reply-To: " + REPLY));
        arrives(mail(ANNA, "Spa", "<s1@guest.example>"));
        node.platform.put("thread Spa", "gone");
        MailRecord gone = arrives(mail(ANNA, "Gone", "<s2@guest.example>", "In-Reply-To: <s1@guest.example>"));

        assertThat(resolved.thread()).isEqualTo("thread Room");
        assertThat(gone.thread()).isEqualTo("thread Gone");
        assertThat(answers(gone.number())).isEqualTo("Continues the thread thread Spa, which is gone");
    }

    @Test
    void theMailsOfOneConversationAreAddedInTheirOrderThoughTheyAreStagedInAnother() throws Exception {
        node.remove("mail-to-thread");
        String first = mail(ANNA, "1", "<a1@guest.example>");
        String second = mail(ANNA, "2", "<a2@guest.example>", "In-Reply-To: <a1@guest.example>");
        String third = mail(ANNA, "3", "<a3@guest.example>", "References: <a1@guest.example>");
        String other = mail(EVE, "other", "<e1@stranger.example>");
        List<Long> numbers = List.of(stage(third), stage(second), stage(other), stage(first));
        start();

        numbers.forEach(this::settled);

        assertThat(added.stream().filter(mail -> !mail.endsWith("other")))
                .containsExactly("thread 1 | 1", "thread 1 | 2", "thread 1 | 3");
        assertThat(added).contains("thread other | other");
    }

    @Test
    void mailsThatComeAtOnceEndInOneThread() throws Exception {
        node.remove("mail-to-thread");
        List<Long> numbers = new ArrayList<>();
        for (String guest : List.of("a", "b", "c")) {
            for (int i = 0; i < 5; i++) {
                numbers.add(stage(mail(
                        guest + "@guest.example",
                        guest + i,
                        "<" + guest + i + "@guest.example>",
                        i == 0 ? "X-None: x" : "References: <" + guest + "0@guest.example>")));
            }
        }
        start();

        numbers.forEach(this::settled);

        for (String guest : List.of("a", "b", "c")) {
            assertThat(added.stream().filter(mail -> mail.contains("| " + guest)))
                    .extracting(mail -> mail.substring(0, 9) + mail.substring(12))
                    .containsExactly(
                            "thread " + guest + "0" + guest + "0",
                            "thread " + guest + "0" + guest + "1",
                            "thread " + guest + "0" + guest + "2",
                            "thread " + guest + "0" + guest + "3",
                            "thread " + guest + "0" + guest + "4");
        }
    }

    @Test
    void aMailThatComesAfterItsAnswerJoinsTheAnswersThread() {
        MailRecord answer = arrives(mail(ANNA, "Answer", "<a2@guest.example>", "In-Reply-To: <a1@guest.example>"));

        MailRecord late = arrives(mail(ANNA, "Late", "<a1@guest.example>"));
        MailRecord forged = arrives(mail(EVE, "Forged", "<a1@guest.example>"));

        assertThat(late.thread()).isEqualTo(answer.thread());
        assertThat(forged.thread()).isEqualTo("thread Forged");
    }

    @Test
    void aMailWaitsForTheUnknownOneThatItAnswers() throws Exception {
        start(Map.of("threadpost.mail.earlier-wait", "30m"));
        long answer = stage(mail(ANNA, "2", "<a2@guest.example>", "In-Reply-To: <a1@guest.example>"));
        arrives(mail(EVE, "other", "<e1@stranger.example>"));
        assertThat(node.mailRepository.find(answer).orElseThrow().state()).isEqualTo(State.WAITING);

        arrives(mail(ANNA, "1", "<a1@guest.example>"));
        // It would come again by itself when the time is up.
        database.change("UPDATE spool_parcel SET due = 0 WHERE due > 0");
        node.mailRepository.wake();

        assertThat(settled(answer).thread()).isEqualTo("thread 1");
        assertThat(rows("SELECT attempts FROM spool_parcel WHERE attempts > 0")).isEmpty();
    }

    /** His own second mail, which he wrote before this one, is late; the token alone would add this one at once. */
    @Test
    void soDoesOneWhoseTokenNamesTheThread() throws Exception {
        start(Map.of("threadpost.mail.earlier-wait", "30m"));
        String token = "Delivered-To: " + node.conversations.token(room()) + "@reply.hotel.example";
        long third = stage(
                mail(ANNA, "3", "<a3@guest.example>", token, "References: <a1@guest.example> <a2@guest.example>"));
        arrives(mail(EVE, "other", "<e1@stranger.example>"));
        assertThat(node.mailRepository.find(third).orElseThrow().state()).isEqualTo(State.WAITING);

        long second = arrives(mail(ANNA, "2", "<a2@guest.example>", token, "In-Reply-To: <a1@guest.example>"))
                .changed()
                .toEpochMilli();
        database.change("UPDATE spool_parcel SET due = 0 WHERE due > 0");
        node.mailRepository.wake();

        assertThat(settled(third).thread()).isEqualTo("thread Room");
        assertThat(settled(third).changed().toEpochMilli()).isGreaterThanOrEqualTo(second);
    }

    @Test
    void oneMailThroughTwoMailboxesIsOneConversation() throws Exception {
        byte[] raw = mail(ANNA, "Both", "<a1@guest.example>", "Cc: booking@hotel.example")
                .getBytes(StandardCharsets.UTF_8);
        node.remove("mail-to-thread");
        long info = node.stage("info", raw, MailNode.NOON).number();
        long booking = node.stage("booking", raw, MailNode.NOON).number();
        start();

        assertThat(List.of(settled(info).thread(), settled(booking).thread())).containsOnly("thread Both");
        assertThat(added).hasSize(2);
        assertThat(rows("SELECT thread FROM conversation")).containsExactly("thread Both");
    }

    @Test
    void forgedReferencesInACircleHoldNobodyUp() throws Exception {
        node.remove("mail-to-thread");
        List<Long> numbers = List.of(
                stage(mail(ANNA, "1", "<a1@guest.example>", "In-Reply-To: <a3@guest.example>")),
                stage(mail(ANNA, "2", "<a2@guest.example>", "In-Reply-To: <a1@guest.example>")),
                stage(mail(ANNA, "3", "<a3@guest.example>", "In-Reply-To: <a2@guest.example>")),
                stage(mail(EVE, "4", "<e1@stranger.example>", "In-Reply-To: <e1@stranger.example>")));
        start();

        numbers.forEach(this::settled);

        assertThat(added)
                .filteredOn(mail -> !mail.endsWith("4"))
                .containsExactly("thread 1 | 1", "thread 1 | 2", "thread 1 | 3");
    }

    @Test
    void aMailOfBeforeTheUpgradeIsContinuedByItsSender() {
        room();
        database.change("DELETE FROM conversation");

        MailRecord stranger = arrives(mail(EVE, "Eve", "<e@stranger.example>", "In-Reply-To: <a1@guest.example>"));
        MailRecord guest = arrives(mail(ANNA, "Anna", "<a2@guest.example>", "In-Reply-To: <a1@guest.example>"));

        assertThat(stranger.thread()).isEqualTo("thread Eve");
        assertThat(answers(stranger.number())).isEqualTo("Answers the thread of another guest: thread Room");
        assertThat(guest.thread()).isEqualTo("thread Room");
        Conversation conversation = node.conversations.ofThread("thread Room").orElseThrow();
        assertThat(conversation.guest()).isEqualTo("anna@guest.example");
        assertThat(conversation.began()).isAfter(MailNode.NOON.minusSeconds(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"findConversation", "addThread", "stageMessages", "settleMail"})
    void aDecisionIsKeptThoughTheProcessIsKilledAfterAnyStep(String step) throws Exception {
        room();
        node.close();
        AtomicInteger killed = new AtomicInteger();
        node = new MailNode(database.ledger(), folder, Map.of());
        Processor real = step.equals("addThread")
                ? this::add
                : node.camel.getRegistry().lookupByNameAndType(step, Processor.class);
        Processor killing = exchange -> {
            real.process(exchange);
            killed.incrementAndGet();
            throw new IllegalStateException("killed");
        };
        node.camel.getRegistry().unbind(step);
        node.camel.getRegistry().bind(step, killing);
        node.run("mail-to-thread", ROUTE, step.equals("addThread") ? killing : this::add);
        long answer = stage(mail(ANNA, "2", "<a2@guest.example>", "In-Reply-To: " + REPLY));
        await().until(() -> killed.get() > 0);
        node.close();
        // Another setting, and another state of the thread, change nothing any more.
        node = new MailNode(database.ledger(), folder, Map.of());
        node.platform.put("thread Room", "gone");
        database.change("UPDATE spool_parcel SET due = 0 WHERE due > 0");
        run(ROUTE);

        assertThat(settled(answer).thread()).isEqualTo("thread Room");
        await().untilAsserted(() -> assertThat(
                        rows("SELECT id FROM spool_parcel WHERE spool = 'mail'" + " AND state = 'waiting'"))
                .isEmpty());
        assertThat(rows("SELECT thread, part FROM message_add WHERE mail = ?", answer))
                .containsExactly("thread Room|0");
        assertThat(rows("SELECT thread FROM conversation")).containsExactly("thread Room");
    }

    @Test
    void withoutTextsEveryMailIsAThread() throws Exception {
        start(Map.of("threadpost.mail.text", "false"));
        room();

        assertThat(arrives(mail(ANNA, "2", "<a2@guest.example>", "In-Reply-To: " + REPLY))
                        .thread())
                .isEqualTo("thread 2");
    }

    @Test
    void anotherHotelsThreadIsOutOfReach() {
        room();
        database.change("UPDATE conversation SET connection = 'another'");

        MailRecord mail = arrives(mail(ANNA, "2", "<a2@guest.example>", "In-Reply-To: " + REPLY));

        assertThat(mail.thread()).isEqualTo("thread 2");
        assertThat(answers(mail.number())).isEqualTo("null");
    }

    @Test
    void aReplyThatBouncesIsReportedInItsThreadOnce() {
        room();

        MailRecord bounce = arrives(bounce("failed", "5.1.1", "anna@guest.example", REPLY)
                .replace("no such user", "no such user, see https://evil.example/pay?x=1"));
        MailRecord again =
                arrives(bounce("failed", "5.1.1", "anna@guest.example", REPLY).replace("b@", "c@"));

        assertThat(bounce.thread()).isEqualTo("thread Room");
        assertThat(rows("SELECT bounced FROM mail_conversation WHERE mail = ?", bounce.number()))
                .containsExactly("The reply could not be delivered to anna@guest.example:"
                        + " 550 5.1.1 no such user, see [link]");
        assertThat(rows("SELECT state FROM reply")).containsExactly("bounced");
        assertThat(again.reason()).isEqualTo("bounce");
        assertThat(node.conversations.messageIds("thread Room")).containsExactly("<a1@guest.example>", REPLY);
    }

    /** Whoever gets an answer to a reply knows its Message-ID. */
    @Test
    void ofAReportWithoutTheReplysKeyTheThreadShowsItsCodesAlone() {
        room();

        MailRecord bounce = arrives(bounce("failed", "5.1.1", "anna@guest.example", REPLY)
                .replaceFirst("X-Threadpost: reply \\w+", "X-Threadpost: reply 0123456789abcdef0123456789abcdef")
                .replace("no such user", "call 123 to pay"));

        assertThat(bounce.thread()).isEqualTo("thread Room");
        assertThat(rows("SELECT bounced FROM mail_conversation WHERE mail = ?", bounce.number()))
                .containsExactly("The reply could not be delivered to anna@guest.example: 550 5.1.1");
    }

    @Test
    void everyOtherBounceIsParked() {
        room();

        assertThat(List.of(
                        arrives(bounce("delayed", "4.4.1", "anna@guest.example", REPLY))
                                .reason(),
                        arrives(bounce("failed", "5.1.1", "somebody@else.example", REPLY))
                                .reason(),
                        arrives(bounce("failed", "5.1.1", "anna@guest.example", "<unknown@hotel.example>"))
                                .reason(),
                        arrives("Authentication-Results: mx.hotel.example; dmarc=fail header.from=mx.hotel.example\r\n"
                                        + bounce("failed", "5.1.1", "anna@guest.example", REPLY))
                                .reason()))
                .containsOnly("bounce");
        assertThat(rows("SELECT state FROM reply")).containsExactly("sent");
    }

    private String bounce(String action, String status, String recipient, String messageId) {
        return "From: Mail Delivery System <MAILER-DAEMON@mx.hotel.example>\r\nTo: hotel@hotel.example\r\n"
                + "Subject: Undelivered Mail\r\nMessage-ID: <b@" + action + messageId.substring(1) + "\r\n"
                + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
                + "--b\r\n\r\nYour mail was not delivered.\r\n"
                + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.hotel.example\r\n\r\n"
                + "Final-Recipient: rfc822; " + recipient + "\r\nAction: " + action + "\r\nStatus: " + status + "\r\n"
                + "Diagnostic-Code: smtp; 550 5.1.1\r\n no such user\r\n\r\n"
                + "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nTo: " + recipient + "\r\nMessage-ID: " + messageId
                + "\r\nX-Threadpost: reply " + node.conversations.reportKey(messageId) + "\r\n\r\n--b--\r\n";
    }
}
