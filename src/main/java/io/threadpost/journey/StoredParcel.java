package io.threadpost.journey;

import java.util.ArrayList;
import java.util.List;

import io.threadpost.journey.JourneyBytes.Input;
import io.threadpost.journey.JourneyBytes.Output;

/**
 * A parcel that was put into a spool.
 *
 * @param id in the ledger
 * @param size how many items it holds
 */
public record StoredParcel(long id, int size) {
    static void put(Output out, List<StoredParcel> parcels) {
        out.putSize(parcels.size());
        for (StoredParcel parcel : parcels) {
            out.putSize(parcel.id);
            out.putSize(parcel.size);
        }
    }

    static List<StoredParcel> get(Input in) {
        List<StoredParcel> parcels = new ArrayList<>();
        for (int left = in.getCount(); left > 0; left--) {
            parcels.add(new StoredParcel(in.getSize(), in.getCount()));
        }
        return parcels;
    }
}
