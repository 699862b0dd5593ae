package io.threadpost.settings;

import java.time.Duration;

/**
 * How spools keep parcels and retry failed items.
 *
 * @param keep how long finished parcels stay for inspection; zero for not at all
 * @param parcel items in a parcel at most
 * @param attempts after how many failures an item is dead
 * @param backoff wait after the first failure
 * @param backoffMax the longest wait between two attempts, never less than {@code backoff}
 * @param lease how long a parcel belongs to its consumer before another may take it
 */
public record SpoolSettings(
        Duration keep, int parcel, int attempts, Duration backoff, Duration backoffMax, Duration lease) {
    static SpoolSettings of(SettingValues values) {
        return new SpoolSettings(
                values.get(SettingsCatalogue.SPOOL_KEEP),
                values.get(SettingsCatalogue.SPOOL_PARCEL),
                values.get(SettingsCatalogue.SPOOL_ATTEMPTS),
                values.get(SettingsCatalogue.SPOOL_BACKOFF),
                values.get(SettingsCatalogue.SPOOL_BACKOFF_MAX),
                values.get(SettingsCatalogue.SPOOL_LEASE));
    }
}
