package io.threadpost.journey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

class DeliveriesTest {
    private static ItemPlace place(long parcel, int ordinal) {
        return new ItemPlace(parcel, ordinal);
    }

    @Test
    void itemsMoveUpWhenOthersOfTheirParcelAreErased() {
        Deliveries deliveries = new Deliveries("files", 0);
        deliveries.add(Deliveries.Part.erased(List.of(place(7, 3), place(7, 5))));
        StoredDeliveries stored = stored(deliveries);

        assertThat(stored.of(place(7, 2)).now()).isEqualTo(place(7, 2));
        assertThat(stored.of(place(7, 3)).now()).isNull();
        assertThat(stored.of(place(7, 4)).now()).isEqualTo(place(7, 3));
        assertThat(stored.of(place(7, 9)).now()).isEqualTo(place(7, 7));
        assertThat(stored.of(place(8, 9)).now()).isEqualTo(place(8, 9));
        assertThat(stored.of(place(7, 3)).found()).isEmpty();
    }

    @Test
    void itemsThatAreDeliveredStayWhereTheyAre() {
        Deliveries deliveries = new Deliveries("files", 1);
        deliveries.add(Deliveries.Part.delivered(
                List.of(place(7, 3), place(7, 4)), 0, null, List.of("file a", "file b"), Map.of()));
        StoredDeliveries stored = stored(deliveries);
        StoredDeliveries.ItemDeliveries decoded = stored.of(place(7, 4));

        assertThat(decoded.now()).isEqualTo(place(7, 4));
        assertThat(decoded.found()).extracting(StoredDeliveries.Found::receipt).containsExactly("file b");
    }

    /** As the ledger returns them. */
    private static StoredDeliveries stored(Deliveries deliveries) {
        return StoredDeliveries.read(StoredDeliveries.of(deliveries, path -> 0).toBytes());
    }
}
