package io.threadpost.mail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.threadpost.conversation.Conversations;
import io.threadpost.conversation.UndeliveredReply;
import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.judge.Authenticity;
import io.threadpost.mail.mime.DeliveryReport;

/**
 * Recognises the bounce of a reply, by the reply's Message-ID. It has to name the recipient of that reply and to be
 * final: while a mail system still tries, nothing has failed. Whoever gets an answer to a reply knows its Message-ID,
 * so the thread shows a report's words only if it returns the key in the reply's header; otherwise nothing but its
 * codes. A token in the address that it was sent to is not enough, since everybody in Cc of the guest's answer sees
 * one.
 */
@Singleton
final class BounceReader {
    private static final Pattern CODE = Pattern.compile("\\b5(?:\\d\\d|\\.\\d{1,3}\\.\\d{1,3})\\b");
    private static final int MOST_CODES = 2;

    private final Ledger ledger;
    private final MailRepository mailRepository;
    private final Conversations conversations;

    BounceReader(Ledger ledger, MailRepository mailRepository, Conversations conversations) {
        this.ledger = ledger;
        this.conversations = conversations;
        this.mailRepository = mailRepository;
    }

    private record Reply(String message, String thread, String recipient, String messageId) {}

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
        conversations.loadTokenKey();
        DeliveryReport report = read(number);
        List<Reply> replies = ledger.read(tx ->
                replies(tx, MailLinks.of(tx, number), report, mail.record().connection()));
        return ledger.write(tx -> {
            for (Reply reply : replies) {
                boolean genuine = report.keys().contains(conversations.reportKey(reply.messageId()));
                Optional<String> words = report.failure(reply.recipient()).map(given -> genuine ? given : codes(given));
                if (words.isPresent() && bounced(tx, reply, words.get())) {
                    ConversationDecision decision = ConversationDecision.bounce(
                            reply.thread(), reply.message(), UndeliveredReply.text(reply.recipient(), words.get()));
                    decision.store(tx, number);
                    return Optional.of(decision);
                }
            }
            return Optional.empty();
        });
    }

    /** @return such as {@code 550 5.1.1} */
    private static String codes(String words) {
        String codes = CODE.matcher(words)
                .results()
                .limit(MOST_CODES)
                .map(MatchResult::group)
                .collect(Collectors.joining(" "));
        return codes.isEmpty() ? "a mail system refused it" : codes;
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
                "SELECT message, thread, recipient, message_id FROM reply WHERE " + condition + " AND connection = ?"
                        + " AND state = 'sent' AND message_id IS NOT NULL AND recipient IS NOT NULL"
                        + " ORDER BY created DESC LIMIT 1",
                row -> new Reply(row.getString(1), row.getString(2), row.getString(3), row.getString(4)),
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
