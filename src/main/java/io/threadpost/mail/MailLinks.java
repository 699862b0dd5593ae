package io.threadpost.mail;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.threadpost.conversation.Conversations;
import io.threadpost.ledger.Transaction;
import io.threadpost.mail.mime.MailReferences;

/**
 * What links a mail to a conversation, as it was recorded when the mail was staged.
 *
 * @param messageId its own Message-ID; null without one
 * @param tokens what may be reply tokens in the addresses that it was sent to
 * @param answered the Message-IDs of the mails that it answers
 * @param references those of the mails before it, the latest first
 */
record MailLinks(String messageId, List<String> tokens, List<String> answered, List<String> references) {
    private static final int MOST_TOKENS = 20;

    static void put(Transaction tx, long mail, MailReferences references) throws SQLException {
        List<Object[]> rows = new ArrayList<>();
        if (references.messageId() != null) {
            add(rows, mail, "own", List.of(references.messageId()));
        }
        List<String> tokens = references.recipients().stream()
                .flatMap(address -> Conversations.tokens(address).stream())
                .distinct()
                .limit(MOST_TOKENS)
                .toList();
        add(rows, mail, "token", tokens);
        add(rows, mail, "reply", references.inReplyTo());
        add(rows, mail, "reference", references.references());
        tx.batch("INSERT INTO mail_reference (mail, kind, position, message_id) VALUES (?, ?, ?, ?)", rows);
    }

    private static void add(List<Object[]> rows, long mail, String kind, List<String> ids) {
        for (int i = 0; i < ids.size(); i++) {
            rows.add(new Object[] {mail, kind, i, ids.get(i)});
        }
    }

    static MailLinks of(Transaction tx, long mail) throws SQLException {
        List<String[]> rows = tx.list(
                "SELECT kind, message_id FROM mail_reference WHERE mail = ? ORDER BY kind, position",
                row -> new String[] {row.getString(1), row.getString(2)},
                mail);
        List<String> references = new ArrayList<>(ids(rows, "reference"));
        Collections.reverse(references);
        return new MailLinks(
                ids(rows, "own").stream().findFirst().orElse(null), ids(rows, "token"), ids(rows, "reply"), references);
    }

    private static List<String> ids(List<String[]> rows, String kind) {
        return rows.stream()
                .filter(row -> row[0].equals(kind))
                .map(row -> row[1])
                .toList();
    }

    /** @return the mails before it: those that it answers, then the other ones, the latest first */
    List<String> before() {
        List<String> before = new ArrayList<>(answered);
        references.stream().filter(id -> !before.contains(id)).forEach(before::add);
        return before;
    }
}
