package io.threadpost.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.ledger.OnBothDatabases;

@OnBothDatabases
class ConversationsTest {
    @Parameter
    Dialect dialect;

    @TempDir
    Path folder;

    private LedgerFixture ledger;
    private Conversations conversations;

    @BeforeEach
    void open() {
        ledger = LedgerFixture.create(dialect, folder);
        conversations = conversations();
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void aThreadHasOneConversationHoweverOftenItBegins() {
        Conversation first = begin("t1", "anna@example.com");
        Conversation again = begin("t1", "somebody@example.com");

        assertThat(again).isEqualTo(first);
        assertThat(first.guest()).isEqualTo("anna@example.com");
        assertThat(first.began()).isEqualTo(Instant.ofEpochMilli(1000));
    }

    @Test
    void theGeneratedKeyIsTheSameForEveryNodeAndAfterARestart() {
        Conversation conversation = begin("t1", "anna@example.com");
        String token = conversations.token(conversation);

        assertThat(Conversations.tokens("hotel+" + token + "@example.com")).containsExactly(token);
        assertThat(ofToken(conversations(), token)).contains(conversation);
        assertThat(ofToken(conversations, "a".repeat(20))).isEmpty();
    }

    @Test
    void aThreadThatMovesWhileThePlatformIsAskedIsAskedAboutAgain() {
        begin("t1", "anna@example.com");
        begin("t2", "bert@example.com");

        assertThat(moved("t1", "t2", "unknown")).isEqualTo(2);
        List<Conversation> before = conversations.moved("main", 10);
        moved("t2");
        ledger.ledger().execute(tx -> {
            conversations.asked(tx, before, Instant.ofEpochMilli(5000));
        });

        assertThat(before).extracting(Conversation::thread).containsExactlyInAnyOrder("t1", "t2");
        assertThat(conversations.moved("main", 10))
                .extracting(Conversation::thread)
                .containsExactly("t2");
        assertThat(conversations.ofThread("t1").orElseThrow().asked()).isEqualTo(Instant.ofEpochMilli(5000));
    }

    @Test
    void theLeastRecentlyAskedComesFirst() {
        Conversation first = begin("t1", "anna@example.com");
        begin("t2", "bert@example.com");
        ledger.ledger().execute(tx -> {
            conversations.asked(tx, List.of(first), Instant.ofEpochMilli(5000));
        });

        assertThat(conversations.active("main", Instant.EPOCH, 10))
                .extracting(Conversation::thread)
                .containsExactly("t2", "t1");
        assertThat(conversations.active("main", Instant.EPOCH, 1)).hasSize(1);
        assertThat(conversations.active("other", Instant.EPOCH, 1)).isEmpty();
    }

    @Test
    void repliesStopUntilAPersonResumesThem() {
        begin("t1", "anna@example.com");

        assertThat(stop("t1", "a loop")).isTrue();
        assertThat(stop("t1", "another reason")).isFalse();
        assertThat(conversations.stopped(10)).extracting(Conversation::stopped).containsExactly("a loop");
        assertThat(resume("t1")).isTrue();
        assertThat(resume("t1")).isFalse();
        assertThat(conversations.stopped(10)).isEmpty();
    }

    @Test
    void referencesAreTheFirstAndTheLatestMessages() {
        Conversation conversation = begin("t1", "anna@example.com");
        for (int i = 1; i <= 40; i++) {
            mail(i, "t1", "<m" + i + "@example.com>");
        }
        ledger.change("INSERT INTO reply (message, connection, thread, created, seen, state, message_id, changed)"
                + " VALUES ('r1', 'main', 't1', 41, 0, 'sent', '<r1@example.com>', 0),"
                + " ('r2', 'main', 't1', 42, 0, 'withheld', '<r2@example.com>', 0)");

        assertThat(conversations.messageIds("t1"))
                .hasSize(30)
                .startsWith("<m1@example.com>", "<m13@example.com>")
                .endsWith("<m40@example.com>", "<r1@example.com>");
        assertThat(conversations.lastMail(conversation))
                .contains(new Conversation.Mail(40, "<m40@example.com>", "Room"));
        assertThat(ofMessageIds("<unknown@example.com>", "<r1@example.com>", "<m1@example.com>"))
                .containsExactly(conversation);
        assertThat(ofMessageIds("<unknown@example.com>")).isEmpty();
    }

    /** Somebody repeats the Message-ID of a mail over and over. */
    @Test
    void theOldestConversationsOfAMessageIdComeFirst() {
        for (int i = 1; i <= 1010; i++) {
            begin("t" + i, "anna@example.com");
            mail(i, "t" + i, "<" + i + "@example.com>");
        }
        ledger.change("UPDATE mail_reference SET message_id = '<same@example.com>'");
        List<String> ids = List.of("<same@example.com>");

        List<Conversation> first = ledger.ledger().read(tx -> conversations.ofMessageIds(tx, ids, 2));

        assertThat(first).extracting(Conversation::thread).containsExactly("t1", "t2");
        assertThat(ofMessageIds("<same@example.com>"))
                .extracting(Conversation::thread)
                .hasSize(1000)
                .startsWith("t1", "t2", "t3")
                .endsWith("t1000");
    }

    private List<Conversation> ofMessageIds(String... messageIds) {
        return ledger.ledger().read(tx -> conversations.ofMessageIds(tx, List.of(messageIds)));
    }

    private Conversations conversations() {
        return new Conversations(ledger.ledger(), new SigningKey(ledger.ledger(), ""));
    }

    private Optional<Conversation> ofToken(Conversations node, String token) {
        // The key is generated before, since a transaction of SQLite waits for no other one.
        return ledger.ledger().read(tx -> node.ofToken(tx, token));
    }

    private Conversation begin(String thread, String guest) {
        return ledger.ledger()
                .write(tx -> conversations.begin(
                        tx,
                        new Conversation.Beginning(
                                thread,
                                "main",
                                "main",
                                1,
                                guest,
                                null,
                                "Room",
                                Instant.ofEpochMilli(1000),
                                null,
                                false)));
    }

    private int moved(String... threads) {
        return ledger.ledger().write(tx -> conversations.moved(tx, List.of(threads)));
    }

    private boolean stop(String thread, String why) {
        return ledger.ledger().write(tx -> conversations.stop(tx, thread, why));
    }

    private boolean resume(String thread) {
        return ledger.ledger().write(tx -> conversations.resume(tx, thread));
    }

    private void mail(long number, String thread, String messageId) {
        ledger.change(
                "INSERT INTO mail (id, mailbox, identity, item_key, connection, received, staged, bytes, state,"
                        + " changed, thread, sender, subject)"
                        + " VALUES (?, 'main', ?, ?, 'main', ?, 0, 1, 'thread', 0, ?, 'anna@example.com', 'Room')",
                number,
                messageId,
                messageId,
                number,
                thread);
        ledger.change(
                "INSERT INTO mail_reference (mail, message_id, kind, position) VALUES (?, ?, 'own', 0)",
                number,
                messageId);
    }
}
