package io.threadpost.mail;

import java.sql.SQLException;
import java.time.Instant;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.add.AddConstants;
import io.threadpost.add.ThreadAddLedger;
import io.threadpost.conversation.Conversation;
import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.judge.Authenticity;

/**
 * The step {@code settleMail}: records the thread that the mail became or continues, and its conversation; or parks the
 * mail when the platform refused it.
 */
@Singleton
@Unremovable
@Named("settleMail")
final class SettleMailProcessor implements Processor {
    private final Ledger ledger;
    private final MailRepository mailRepository;
    private final Conversations conversations;
    private final ThreadAddLedger adds;

    SettleMailProcessor(
            Ledger ledger, MailRepository mailRepository, Conversations conversations, ThreadAddLedger adds) {
        this.ledger = ledger;
        this.mailRepository = mailRepository;
        this.conversations = conversations;
        this.adds = adds;
    }

    @Override
    public void process(Exchange exchange) {
        InboundMail mail = InboundMail.of(exchange, "settleMail");
        Message message = exchange.getMessage();
        String thread = message.getHeader(AddConstants.THREAD, String.class);
        String refused = message.getHeader(AddConstants.REFUSED, String.class);
        if (thread != null) {
            boolean continues = thread.equals(exchange.getProperty(AddConstants.CONTINUES, String.class));
            ledger.write(tx -> continues ? continued(tx, mail, thread) : begun(tx, mail, thread));
            mailRepository.wake();
        } else if (refused != null) {
            mailRepository.park(
                    mail.record(), message.getHeader(AddConstants.REFUSAL, "refused", String.class), refused);
        } else {
            throw new IllegalStateException("settleMail has no outcome to record: put the step addThread before it");
        }
    }

    private Void begun(Transaction tx, InboundMail mail, String thread) throws SQLException {
        MailRecord mailRecord = mail.record();
        String name = mail.content().from().get(0).name();
        Instant began =
                adds.notBefore(tx, mailRecord.connection(), mailRecord.key()).orElse(Instant.ofEpochMilli(tx.now()));
        // Without an author it is one as well, so that what the hotel writes is withheld with a reason.
        Conversation conversation = conversations.begin(
                tx,
                new Conversation.Beginning(
                        thread,
                        mailRecord.connection(),
                        mailRecord.mailbox(),
                        mailRecord.number(),
                        mail.author(),
                        name.isEmpty() ? null : name,
                        mail.content().subject(),
                        began,
                        mail.unanswerable(),
                        mail.authenticity() == Authenticity.PASSED));
        String unanswerable = conversation.unanswerable();
        mailRepository.added(
                tx,
                mailRecord.number(),
                thread,
                "became thread " + thread + (unanswerable == null ? "" : "; no reply by mail: " + unanswerable));
        return null;
    }

    private Void continued(Transaction tx, InboundMail mail, String thread) throws SQLException {
        boolean staged = tx.exists(
                "SELECT 1 FROM message_add WHERE mail = ? LIMIT 1",
                mail.record().number());
        if (!staged) {
            // The mail makes no thread, so without a message nobody would see it.
            throw new IllegalStateException(
                    "findConversation needs stageMessages: put that step between addThread and settleMail");
        }
        mailRepository.added(tx, mail.record().number(), thread, "became a message of thread " + thread);
        conversations.activate(tx, thread);
        if (mail.authenticity() == Authenticity.PASSED) {
            conversations.authenticate(tx, thread, mail.author());
        }
        return null;
    }
}
