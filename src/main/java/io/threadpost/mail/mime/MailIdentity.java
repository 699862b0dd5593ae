package io.threadpost.mail.mime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

import io.threadpost.mail.mime.HeaderBlock.Field;

/**
 * Identifies a mail: by its Message-ID together with what its sender wrote. Fields that servers add in transit do not
 * count, nor do line ends. Without a Message-ID every byte counts.
 *
 * @param value equal for the same mail only
 */
public record MailIdentity(String value) {
    /** The fields that the sender writes and that no server changes. */
    private static final Set<String> SENDERS_OWN = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "date",
            "subject",
            "message-id",
            "in-reply-to",
            "references",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "content-description",
            "content-id",
            "content-location");

    /** Reads the mail to its end. */
    public static MailIdentity of(InputStream mail) throws IOException {
        MessageDigest bytes = sha256();
        MessageDigest content = sha256();
        InputStream in = new DigestInputStream(mail, bytes);
        HeaderBlock.Split split = HeaderBlock.split(in);
        header(content, split.fields());
        body(content, split.body());
        boolean named = split.fields().stream()
                .anyMatch(field -> field.name().equals("message-id") && field.value().length > 0);
        return new MailIdentity(HexFormat.of().formatHex((named ? content : bytes).digest()));
    }

    private static void header(MessageDigest digest, List<Field> fields) {
        fields.stream()
                .filter(field -> SENDERS_OWN.contains(field.name()))
                .sorted(Comparator.comparing(Field::name))
                .forEach(field -> {
                    digest.update(field.name().getBytes(StandardCharsets.ISO_8859_1));
                    digest.update((byte) ':');
                    digest.update(new String(field.value(), StandardCharsets.ISO_8859_1)
                            .replaceAll("\\s+", " ")
                            .getBytes(StandardCharsets.ISO_8859_1));
                    digest.update((byte) '\n');
                });
        digest.update((byte) '\n');
    }

    /** Normalises line ends, and ignores empty lines at the end. */
    private static void body(MessageDigest digest, InputStream body) throws IOException {
        byte[] buffer = new byte[1 << 16];
        byte[] lines = new byte[1 << 16];
        long ends = 0;
        boolean afterReturn = false;
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            int kept = 0;
            for (int i = 0; i < read; i++) {
                byte b = buffer[i];
                if (b == '\r' || b == '\n') {
                    ends += b == '\n' && afterReturn ? 0 : 1;
                } else {
                    if (ends > 0) {
                        digest.update(lines, 0, kept);
                        kept = 0;
                        for (; ends > 0; ends--) {
                            digest.update((byte) '\n');
                        }
                    }
                    lines[kept++] = b;
                }
                afterReturn = b == '\r';
            }
            digest.update(lines, 0, kept);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
