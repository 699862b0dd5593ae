package io.threadpost.mailbox;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.ledger.OnBothDatabases;

/** What has become of a mail shows in its mailbox, whatever the server can do; what a person does later stands. */
@OnBothDatabases
@Proves(Promise.EVERY_MAIL_IS_STAGED_ONCE)
class FolderProjectionTest extends MailboxBehaviour {
    @ParameterizedTest
    @CsvSource({"MOVE UIDPLUS", "MOVE", "UIDPLUS"})
    void mailsGoToTheFolderOfTheirStateAndStayUnread(String extensions) throws Exception {
        server.capabilities(extensions.split(" "));
        watch();
        put("thread");
        put("parked");
        put("failed");
        put("waiting");
        awaitStaged(4);
        state(1, "thread");
        state(2, "parked");
        state(3, "failed");

        await().until(() -> texts("INBOX").equals(java.util.List.of(mail("waiting"))));
        assertThat(texts("Done")).containsExactly(mail("thread"));
        assertThat(texts("Parked")).containsExactly(mail("parked"));
        assertThat(texts("Failed")).containsExactly(mail("failed"));
        assertThat(server.mails("Done").get(1L).flags()).doesNotContain("\\Seen");
        looked();
        assertThat(texts("Done")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"MOVE UIDPLUS", "UIDPLUS"})
    void whatAPersonMarkedAsDeletedIsNotExpunged(String extensions) throws Exception {
        server.capabilities(extensions.split(" "));
        long old = server.put("INBOX", mail("deleted by a person"), LAST_YEAR);
        server.mails("INBOX").get(old).flags().add("\\Deleted");
        watch();
        put("one");
        awaitStaged(1);
        becomeThreads();
        await().until(() -> texts("Done").size() == 1);
        again();

        assertThat(texts("INBOX")).containsExactly(mail("deleted by a person"));
        assertThat(server.commands()).noneMatch(command -> command.startsWith("CLOSE") || command.equals("EXPUNGE"));
    }

    @Test
    void withoutEitherExtensionAKeywordSaysIt() throws Exception {
        server.capabilities("KEYWORDS");
        watch();
        long uid = put("one");
        awaitStaged(1);
        state(1, "parked");

        await().until(() -> server.mails("INBOX").get(uid).flags().contains("ThreadpostParked"));
        assertThat(texts("INBOX")).hasSize(1);
        assertThat(server.mails("INBOX").get(uid).flags()).containsExactly("ThreadpostParked");
    }

    @Test
    void flagsInPlaceOfFoldersAndNothingAtAll() throws Exception {
        watch("threadpost.mail.after", "flag");
        long uid = put("one");
        awaitStaged(1);
        state(1, "failed");
        await().until(() -> server.mails("INBOX").get(uid).flags().contains("\\Flagged"));

        again("threadpost.mail.after", "leave");
        put("two");
        awaitStaged(2);
        state(2, "thread");
        await().until(() ->
                ledger.rows("SELECT 1 FROM mailbox_mail WHERE shown = 'thread'").size() == 1);
        assertThat(server.mails("INBOX").get(2L).flags()).isEmpty();
        assertThat(texts("INBOX")).hasSize(2);
    }

    @Test
    void releasedMailGoesFromParkedToDone() throws Exception {
        watch();
        put("one");
        awaitStaged(1);
        state(1, "parked");
        await().until(() -> texts("Parked").size() == 1);
        state(1, "waiting");
        looked();
        state(1, "thread");

        await().until(() -> texts("Done").size() == 1);
        assertThat(texts("Parked")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang up", "NO [UNAVAILABLE] later"})
    void releasedMailWhoseFolderCannotBeOpenedIsMovedLater(String answer) throws Exception {
        watch();
        put("one");
        awaitStaged(1);
        state(1, "parked");
        await().until(() -> texts("Parked").size() == 1);
        server.answer("SELECT Parked", answer);
        state(1, "thread");
        await().until(() -> node.state().reason() != null);
        server.answer("SELECT Parked", null);

        await().until(() -> texts("Done").size() == 1);
        await().until(() -> node.state().reason() == null);
    }

    @Test
    void parkedMailThatAPersonMovedStaysWhereItIs() throws Exception {
        watch();
        put("one");
        awaitStaged(1);
        state(1, "parked");
        await().until(() -> texts("Parked").size() == 1);
        server.copy("Parked", 1, "Private");
        server.remove("Parked", 1);
        state(1, "thread");
        looked();
        looked();

        assertThat(texts("Private")).hasSize(1);
        assertThat(texts("Done")).isEmpty();
        assertThat(node.state().reason()).isNull();
    }

    @Test
    void killedBetweenCopyAndDeleteNothingIsThereTwice() throws Exception {
        server.capabilities("UIDPLUS");
        watch();
        put("one");
        awaitStaged(1);
        server.answer("UID STORE", "hang up");
        becomeThreads();
        await().until(() -> texts("Done").size() == 1);
        node.close();
        server.answer("UID STORE", null);
        watch();

        await().until(() -> texts("INBOX").isEmpty());
        assertThat(texts("Done")).containsExactly(mail("one"));
    }

    @Test
    void manyMovesOnASlowServerKeepNoNewMailWaiting() throws Exception {
        int many = 40;
        watch();
        for (int mail = 0; mail < many; mail++) {
            put("mail " + mail);
        }
        awaitStaged(many);
        server.slow("UID MOVE ", Duration.ofMillis(300));
        becomeThreads();
        await().until(() -> !texts("Done").isEmpty());
        put("new");
        awaitStaged(many + 1);

        assertThat(texts("Done")).hasSizeLessThan(many);
        server.slow("UID MOVE ", Duration.ZERO);
        await().until(() -> texts("Done").size() == many);
    }

    @Test
    void refusedMoveIsSaidAndTriedAgainAndStopsNoOther() throws Exception {
        watch();
        put("one");
        put("two");
        awaitStaged(2);
        server.answer("UID MOVE 1 ", "NO quota exceeded");
        becomeThreads();

        await().until(() -> texts("Done").size() == 1);
        await().until(() -> node.state().reason() != null);
        assertThat(node.state().reason()).isEqualTo("a mail cannot be moved to Done: NO quota exceeded");
        server.answer("UID MOVE 1 ", null);
        await().until(() -> texts("INBOX").isEmpty());
        await().until(() -> node.state().reason() == null);
    }

    @Test
    void foldersLieBelowThePrefixThatTheServerWants() throws Exception {
        server.namespace("INBOX.");
        server.capabilities("MOVE", "UIDPLUS", "NAMESPACE");
        watch("threadpost.mail.done-folder", "Threadpost/Hotov\u00e9");
        put("one");
        awaitStaged(1);
        becomeThreads();

        await().until(() -> texts("INBOX").isEmpty());
        assertThat(server.folders()).containsExactly("INBOX", "INBOX.Threadpost.Hotov&AOk-");
    }

    private void state(int number, String state) {
        ledger.change("UPDATE mail SET state = ? WHERE id = ?", state, number);
    }
}
