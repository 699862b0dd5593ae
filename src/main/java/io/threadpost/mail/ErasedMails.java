package io.threadpost.mail;

import java.sql.SQLException;
import java.util.Optional;

import jakarta.inject.Singleton;

import io.threadpost.ledger.LedgerKey;
import io.threadpost.ledger.Transaction;

/**
 * Mails whose person was erased. Of each, its number and keyed hashes of its identity and its Message-ID are left, so
 * that it is recognised when the mailbox still has it, and is not staged again.
 */
@Singleton
public final class ErasedMails {
    /** The reason of such mails. In the mailbox they stay where they are. */
    public static final String REASON = "erased";

    /** The beginning of a keyed hash that replaces an identity or Message-ID. */
    public static final String PREFIX = "erased:";

    private final LedgerKey key;

    ErasedMails(LedgerKey key) {
        this.key = key;
    }

    /** @return what replaces the identity of an erased mail */
    public String identity(Transaction tx, String identity) throws SQLException {
        return identity.startsWith(PREFIX) ? identity : PREFIX + key.hash(tx, "mail", identity);
    }

    /**
     * @param messageId may be null
     * @return what replaces the Message-ID of an erased mail; null for null
     */
    public String messageId(Transaction tx, String messageId) throws SQLException {
        return messageId == null || messageId.startsWith(PREFIX)
                ? messageId
                : PREFIX + key.hash(tx, "message-id", messageId);
    }

    /** @return the number of the mail with that identity, if it was erased */
    Optional<Long> find(Transaction tx, String mailbox, String identity) throws SQLException {
        return tx.one(
                "SELECT id FROM mail WHERE mailbox = ? AND identity = ?",
                row -> row.getLong(1),
                mailbox,
                identity(tx, identity));
    }

    /** @return whether that mail was erased */
    public boolean isErased(Transaction tx, long number) throws SQLException {
        return tx.exists("SELECT 1 FROM mail WHERE id = ? AND reason = ?", number, REASON);
    }
}
