package io.threadpost.conversation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * The key that signs what outsiders must not be able to make, and that derives identifiers that nobody can guess:
 * {@code threadpost.replies.secret}, or one that is generated once and kept in the ledger.
 */
@Singleton
public final class SigningKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int GENERATED_BYTES = 32;
    private static final int FINGERPRINT_BYTES = 16;
    /** People who write that much again write it in other words. */
    private static final int TEMPLATE_LETTERS = 60;

    private final Ledger ledger;
    private final String secret;
    private volatile SecretKeySpec key;

    @Inject
    SigningKey(Ledger ledger, Settings settings) {
        this(ledger, settings.get(SettingsCatalogue.REPLIES_SECRET));
    }

    /** @param secret empty for one that is kept in the ledger, which may else be null */
    public SigningKey(Ledger ledger, String secret) {
        this.ledger = ledger;
        this.secret = secret;
    }

    /**
     * @param purpose separates the uses of the key: what is signed for one purpose is not valid for another
     * @return 32 bytes, the same for the same purpose and text
     */
    public byte[] sign(String purpose, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key());
            return mac.doFinal((purpose + '\n' + text).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the same for the same words, however they are wrapped; the words cannot be had from it */
    public String fingerprint(String text) {
        return HexFormat.of().formatHex(sign("fingerprint", unwrapped(text)), 0, FINGERPRINT_BYTES);
    }

    /**
     * @return as {@link #fingerprint}, and for a long text the same whatever numbers it has, such as a time or that of
     *     a ticket
     */
    public String templateFingerprint(String text) {
        String plain = unwrapped(text.replaceAll("\\S*\\d\\S*", ""));
        boolean isLong = plain.codePoints().filter(Character::isLetter).count() >= TEMPLATE_LETTERS;
        return fingerprint(isLong ? plain : text);
    }

    private static String unwrapped(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    /** Loads the key. Must come before a write transaction that signs: the first use of a ledger generates the key. */
    void load() {
        key();
    }

    private SecretKeySpec key() {
        SecretKeySpec known = key;
        if (known == null) {
            byte[] bytes = secret.isEmpty() ? generated() : secret.getBytes(StandardCharsets.UTF_8);
            known = new SecretKeySpec(bytes, ALGORITHM);
            key = known;
        }
        return known;
    }

    /** Whichever node is first generates it. */
    private byte[] generated() {
        byte[] fresh = new byte[GENERATED_BYTES];
        new SecureRandom().nextBytes(fresh);
        String kept = ledger.write(tx -> {
            tx.update(
                    "INSERT INTO signing_key (id, value) VALUES (1, ?) ON CONFLICT (id) DO NOTHING",
                    Base64.getEncoder().encodeToString(fresh));
            return tx.one("SELECT value FROM signing_key WHERE id = 1", row -> row.getString(1))
                    .orElseThrow();
        });
        return Base64.getDecoder().decode(kept);
    }
}
