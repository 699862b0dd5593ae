package io.threadpost.pull;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.threadpost.ledger.StoredUuid;

/**
 * The thread versions of a page as bytes: a format number; the number of versions whose id is a UUID in its usual form,
 * and each of them as its time and its UUID, 24 bytes; the number of all others, and each of them as its time, the
 * length of its id, and its id.
 */
final class VersionBlock {
    private static final int FORMAT = 1;
    private static final int RECORD = 3 * Long.BYTES;

    private final String connection;
    private final ByteBuffer bytes;

    /**
     * @param connection whose versions
     * @param bytes from {@link #encode}
     * @throws IllegalStateException when a newer version of Threadpost wrote them
     */
    VersionBlock(String connection, byte[] bytes) {
        this.connection = connection;
        this.bytes = ByteBuffer.wrap(bytes);
        if (bytes[0] != FORMAT) {
            throw new IllegalStateException(
                    "dedupe keys of format " + bytes[0] + ", written by a newer version of Threadpost");
        }
    }

    /** A version: when it was updated, nanoseconds since the epoch, and the thread's id, read as a UUID once. */
    static final class Version {
        private final long updated;
        private final String id;
        private final boolean uuid;
        private final long high;
        private final long low;

        Version(long updated, String id) {
            Optional<UUID> known = StoredUuid.of(id);
            this.updated = updated;
            this.id = id;
            this.uuid = known.isPresent();
            this.high = known.map(UUID::getMostSignificantBits).orElseGet(() -> textHash(id));
            this.low = known.map(UUID::getLeastSignificantBits).orElse((long) id.length());
        }

        long updated() {
            return updated;
        }

        String id() {
            return id;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Version version
                    && updated == version.updated
                    && high == version.high
                    && low == version.low
                    && uuid == version.uuid
                    && (uuid || id.equals(version.id));
        }

        @Override
        public int hashCode() {
            return Long.hashCode(mix(mix(updated ^ high) ^ low));
        }

        @Override
        public String toString() {
            return id + " at " + updated;
        }
    }

    /** Chooses versions without making objects of all of them. */
    @FunctionalInterface
    interface Choice {
        /** @param hash as {@link #hash(String, Version)} returns it */
        boolean test(long updated, long hash);
    }

    static byte[] encode(Collection<Version> versions) {
        ByteBuffer uuids = ByteBuffer.allocate(RECORD * versions.size());
        List<Version> others = new ArrayList<>(0);
        List<byte[]> texts = new ArrayList<>(0);
        int length = 0;
        for (Version version : versions) {
            if (version.uuid) {
                uuids.putLong(version.updated).putLong(version.high).putLong(version.low);
            } else {
                byte[] text = version.id().getBytes(StandardCharsets.UTF_8);
                others.add(version);
                texts.add(text);
                length += Long.BYTES + Integer.BYTES + text.length;
            }
        }
        uuids.flip();
        ByteBuffer block = ByteBuffer.allocate(Byte.BYTES + 2 * Integer.BYTES + uuids.remaining() + length);
        block.put((byte) FORMAT).putInt(uuids.remaining() / RECORD).put(uuids).putInt(others.size());
        for (int i = 0; i < others.size(); i++) {
            byte[] text = texts.get(i);
            block.putLong(others.get(i).updated()).putInt(text.length).put(text);
        }
        return block.array();
    }

    /** @return the same in every process; different versions differ in all of its bits */
    static long hash(String connection, Version version) {
        return hash(connection, version.updated, version.high, version.low);
    }

    /** @return the chosen versions */
    List<Version> versions(Choice choice) {
        List<Version> chosen = new ArrayList<>();
        ByteBuffer in = bytes.duplicate().position(Byte.BYTES);
        for (int left = in.getInt(); left > 0; left--) {
            long updated = in.getLong();
            long high = in.getLong();
            long low = in.getLong();
            if (choice.test(updated, hash(connection, updated, high, low))) {
                chosen.add(new Version(updated, new UUID(high, low).toString()));
            }
        }
        for (int left = in.getInt(); left > 0; left--) {
            long updated = in.getLong();
            byte[] text = new byte[in.getInt()];
            in.get(text);
            Version version = new Version(updated, new String(text, StandardCharsets.UTF_8));
            if (choice.test(updated, hash(connection, version))) {
                chosen.add(version);
            }
        }
        return chosen;
    }

    private static long hash(String connection, long updated, long high, long low) {
        return mix(mix(mix(updated ^ (long) connection.hashCode() << Integer.SIZE) ^ high) ^ low);
    }

    private static long textHash(String text) {
        long hash = 0;
        for (int i = 0; i < text.length(); i++) {
            hash = mix(hash ^ text.charAt(i));
        }
        return hash;
    }

    /** The finalizer of MurmurHash3: each bit of the value changes about half of the result's. */
    private static long mix(long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ mixed >>> 33) * 0xFF51AFD7ED558CCDL;
        mixed = (mixed ^ mixed >>> 33) * 0xC4CEB9FE1A85EC53L;
        return mixed ^ mixed >>> 33;
    }
}
