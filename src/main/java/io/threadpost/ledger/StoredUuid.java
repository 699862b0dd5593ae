package io.threadpost.ledger;

import java.util.Optional;
import java.util.UUID;

/** Ids that are stored in sixteen bytes: UUIDs as the platform writes them, since only these come back unchanged. */
public final class StoredUuid {
    private static final int LENGTH = 36;

    private StoredUuid() {}

    /** @return empty for an id that is no UUID, or that has capital letters; and for null */
    public static Optional<UUID> of(String id) {
        if (id == null || id.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(id))
                    .filter(uuid -> uuid.toString().equals(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
