package io.threadpost.journey;

import java.util.List;

/**
 * Where an item is: its parcel, and its place in it, from 0.
 *
 * @param parcel in the ledger; 0 when the spool dropped it, since its target never was on
 */
public record ItemPlace(long parcel, int ordinal) {
    /** @return the place of the item with that number among all items of these parcels; a dropped one without any */
    static ItemPlace of(List<StoredParcel> parcels, int number) {
        int left = number;
        for (StoredParcel parcel : parcels) {
            if (left < parcel.size()) {
                return new ItemPlace(parcel.id(), left);
            }
            left -= parcel.size();
        }
        return new ItemPlace(0, 0);
    }

    /** @return the place of this item when other ones were taken out of its parcel */
    ItemPlace without(List<ItemPlace> others) {
        long before = others.stream()
                .filter(other -> other.parcel == parcel && other.ordinal < ordinal)
                .count();
        return new ItemPlace(parcel, ordinal - (int) before);
    }
}
