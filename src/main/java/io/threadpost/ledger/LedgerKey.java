package io.threadpost.ledger;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jakarta.inject.Singleton;

/**
 * The key of this ledger, generated once and never changed. What has to be recognised again, but must not be readable,
 * is stored as a hash under it.
 */
@Singleton
public final class LedgerKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int KEY_BYTES = 32;
    private static final int HASH_BYTES = 16;
    /** The key of reply tokens has the number 1. */
    private static final int NUMBER = 2;

    private volatile SecretKeySpec known;
    /** The transaction that has generated the key, and may still be rolled back. */
    private volatile Transaction generating;

    LedgerKey() {}

    /**
     * @param purpose separates the uses of the key: the same text has another hash for another purpose
     * @return 32 hexadecimal digits, the same for the same purpose and text in this ledger
     */
    public String hash(Transaction tx, String purpose, String text) throws SQLException {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key(tx));
            byte[] hash = mac.doFinal((purpose + '\n' + text).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, HASH_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private SecretKeySpec key(Transaction tx) throws SQLException {
        if (known != null) {
            return known;
        }
        Optional<SecretKeySpec> stored = stored(tx);
        if (stored.isPresent()) {
            if (tx != generating) {
                known = stored.get();
                generating = null;
            }
            return stored.get();
        }
        byte[] fresh = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(fresh);
        tx.update(
                "INSERT INTO signing_key (id, value) VALUES (?, ?) ON CONFLICT (id) DO NOTHING",
                NUMBER,
                Base64.getEncoder().encodeToString(fresh));
        generating = tx;
        // Not remembered: the transaction may be rolled back, and then another key is generated.
        return stored(tx).orElseThrow();
    }

    private static Optional<SecretKeySpec> stored(Transaction tx) throws SQLException {
        return tx.one(
                "SELECT value FROM signing_key WHERE id = ?",
                row -> new SecretKeySpec(Base64.getDecoder().decode(row.getString(1)), ALGORITHM),
                NUMBER);
    }
}
