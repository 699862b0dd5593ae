package io.threadpost.mail;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** The raw bytes of mails, stored in parts, so that no mail is in memory as a whole. */
@Singleton
final class RawMailStore {
    private static final int PART = 256 * 1024;

    private final Ledger ledger;

    RawMailStore(Ledger ledger) {
        this.ledger = ledger;
    }

    static void put(Transaction tx, long mail, Path raw) throws SQLException {
        try (InputStream in = Files.newInputStream(raw)) {
            int part = 0;
            for (byte[] next = in.readNBytes(PART); next.length > 0; next = in.readNBytes(PART)) {
                tx.update("INSERT INTO mail_raw (mail, part, bytes) VALUES (?, ?, ?)", mail, part++, next);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the bytes, read part by part; none when there is no such mail, or it was purged */
    InputStream open(long mail) {
        return new Parts(mail);
    }

    private final class Parts extends InputStream {
        private final long mail;
        private byte[] part = new byte[0];
        private int at;
        private int number;

        Parts(long mail) {
            this.mail = mail;
        }

        @Override
        public int read() {
            return more() ? part[at++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (!more()) {
                return -1;
            }
            int count = Math.min(length, part.length - at);
            System.arraycopy(part, at, target, offset, count);
            at += count;
            return count;
        }

        private boolean more() {
            if (at == part.length && part.length == (number == 0 ? 0 : PART)) {
                part = ledger.read(tx -> tx.one(
                                "SELECT bytes FROM mail_raw WHERE mail = ? AND part = ?",
                                row -> row.getBytes(1),
                                mail,
                                number))
                        .orElseGet(() -> new byte[0]);
                number++;
                at = 0;
            }
            return at < part.length;
        }
    }
}
