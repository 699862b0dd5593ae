package io.threadpost.mail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.judge.Authenticity;
import io.threadpost.mail.mime.DeliveryReport;

/**
 * Recognises the bounce of a reply, by the reply's Message-ID, which nobody can guess. It has to name the recipient of
 * that reply and to be final: while a mail system still tries, nothing has failed. A token in the address that it was
 * sent to is not enough, since everybody in Cc of the guest's answer sees one.
 */
@Singleton
final class BounceReader {
    /** Whoever knows a reply's Message-ID can write a bounce, and the hotel's people read it. */
    private static final Pattern LINK = Pattern.compile("(?i)\\b(?:https?|ftp)://\\S+|\\bwww\\.\\S+");

    private final Ledger ledger;
    private final MailRepository mailRepository;

    BounceReader(Ledger ledger, MailRepository mailRepository) {
        this.ledger = ledger;
        this.mailRepository = mailRepository;
    }

    private record Reply(String message, String thread, String recipient) {}

    /** @return which reply bounced, recorded so that it bounces once; empty for every other bounce */
    Optional<ConversationDecision> decide(InboundMail mail) {
        if (mail.authenticity() == Authenticity.DENIED) {
            return Optional.empty();
        }
        long number = mail.record().number();
        Optional<ConversationDecision> known = ledger.read(tx -> ConversationDecision.find(tx, number));
        if (known.isPresent()) {
            return known;
        }
        DeliveryReport report = read(number);
        List<Reply> replies = ledger.read(tx ->
                replies(tx, MailLinks.of(tx, number), report, mail.record().connection()));
        return ledger.write(tx -> {
            for (Reply reply : replies) {
                Optional<String> words = report.failure(reply.recipient());
                if (words.isPresent() && bounced(tx, reply, words.get())) {
                    ConversationDecision decision = ConversationDecision.bounce(
                            reply.thread(),
                            reply.message(),
                            "The reply could not be delivered to " + reply.recipient() + ": "
                                    + LINK.matcher(words.get()).replaceAll("[link]"));
                    decision.store(tx, number);
                    return Optional.of(decision);
                }
            }
            return Optional.empty();
        });
    }

    private static boolean bounced(Transaction tx, Reply reply, String words) throws SQLException {
        return tx.update(
                        "UPDATE reply SET state = 'bounced', why = ?, changed = ?"
                                + " WHERE message = ? AND state = 'sent'",
                        tx.redacted(words),
                        tx.now(),
                        reply.message())
                == 1;
    }

    private List<Reply> replies(Transaction tx, MailLinks links, DeliveryReport report, String connection)
            throws SQLException {
        List<Reply> replies = new ArrayList<>();
        List<String> messageIds = new ArrayList<>(report.messageIds());
        messageIds.addAll(links.before());
        for (String messageId : messageIds) {
            replies.addAll(replies(tx, "message_id = ?", messageId, connection));
        }
        return replies;
    }

    /** @return replies that were sent and have not bounced before; the latest first */
    private static List<Reply> replies(Transaction tx, String condition, String value, String connection)
            throws SQLException {
        return tx.list(
                "SELECT message, thread, recipient FROM reply WHERE " + condition + " AND connection = ?"
                        + " AND state = 'sent' AND message_id IS NOT NULL AND recipient IS NOT NULL"
                        + " ORDER BY created DESC LIMIT 1",
                row -> new Reply(row.getString(1), row.getString(2), row.getString(3)),
                value,
                connection);
    }

    private DeliveryReport read(long number) {
        try (InputStream raw = new BufferedInputStream(mailRepository.raw(number), 1 << 16)) {
            return DeliveryReport.of(raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
