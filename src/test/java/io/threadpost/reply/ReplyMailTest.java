package io.threadpost.reply;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.Test;

import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** What a guest gets: the hotel's words as a mail that every program shows in its conversation. */
class ReplyMailTest extends ReplyBehaviour {
    @Test
    void theHotelsWordsAreAnAnswerToTheGuestsMail() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform, "threadpost.replies.signature", "Hotel Zoë\\nLondon")
                .start();
        String thread = conversation(platform, node, "guest@guest.example", "AW: Ankunft später");
        platform.conversations().staffAnswers(thread, "Dear Žofie,\n\nof course.\nSee <you> & yours!");
        awaitMails(1);
        awaitStates("sent|1");

        MimeMessage mail = mails.arrived().get(0);
        assertThat(mail.getSubject()).isEqualTo("Re: Ankunft später");
        assertThat(mail.getFrom())
                .extracting(Object::toString)
                .containsExactly("=?UTF-8?Q?Hotel_Zo=C3=AB?= <hotel@hotel.example>");
        assertThat(mail.getRecipients(Message.RecipientType.TO)).hasSize(1);
        assertThat(mail.getRecipients(Message.RecipientType.TO)[0].toString()).endsWith("<guest@guest.example>");
        assertThat(mail.getReplyTo()[0].toString()).matches(".*<hotel\\+[a-z2-7]{17,28}@hotel.example>");
        assertThat(mail.getMessageID()).matches("<[0-9a-f]{32}@hotel.example>");
        assertThat(mail.getHeader("In-Reply-To")).containsExactly("<mail-1@guest.example>");
        assertThat(mail.getHeader("References")).containsExactly("<mail-1@guest.example>");
        assertThat(mail.getHeader("Auto-Submitted")).isNull();
        assertThat(mail.getSentDate()).isNotNull();
        assertThat(part(mail, 0))
                .startsWith("Dear Žofie,\n\nof course.\nSee <you> & yours!\n")
                .contains("\n-- \nHotel Zoë\nLondon\n");
        assertThat(part(mail, 1))
                .contains("<bdi>of course.</bdi><br><bdi>See &lt;you&gt; &amp; yours!</bdi>", "Hotel Zoë<br>London");
        assertThat(rows("SELECT message_id, recipient FROM reply"))
                .containsExactly(mail.getMessageID() + "|guest@guest.example");
    }

    /** The next tick is an hour away. */
    @Test
    void aCallOfThePlatformAndAThreadThatMovedAreNotKeptWaiting() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node = node(platform, "threadpost.replies.period", "1h");
        String thread = conversation(platform, node, "guest@guest.example", "Arrival");
        node.start();
        // The first tick is soon after the start.
        await().until(() ->
                !rows("SELECT connection FROM reply_pull WHERE asked > 0").isEmpty());

        platform.conversations().staffAnswers(thread, "After a call");
        node.pullReplies.webhook();
        awaitMails(1);

        platform.conversations().staffAnswers(thread, "After a move");
        ledger.ledger().write(tx -> node.conversations.moved(tx, List.of(thread)));
        node.conversations.reportMoved("main");
        awaitMails(2);
    }

    @Test
    void onlyGuestsWhoAreAuthenticatedGetRepliesIfThatIsWanted() throws Exception {
        SandboxPlatform platform = platform(new SandboxOptions());
        ReplyNode node =
                node(platform, "threadpost.replies.authenticated", "true").start();
        String known = conversation(platform, node, "guest@guest.example", "Arrival");
        String forged = conversation(platform, node, "forged@guest.example", "Arrival");
        ledger.change("UPDATE conversation SET authenticated = (thread = ?)", known);
        platform.conversations().staffAnswers(known, "To the guest");
        platform.conversations().staffAnswers(forged, "To nobody");
        awaitStates("sent|1", "withheld|1");

        assertThat(mails.deliveries().get(0).recipient()).isEqualTo("guest@guest.example");
    }
}
