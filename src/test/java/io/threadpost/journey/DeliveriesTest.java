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
        byte[] content = deliveries.encode(path -> 0);

        assertThat(Deliveries.decode(content, place(7, 2)).now()).isEqualTo(place(7, 2));
        assertThat(Deliveries.decode(content, place(7, 3)).now()).isNull();
        assertThat(Deliveries.decode(content, place(7, 4)).now()).isEqualTo(place(7, 3));
        assertThat(Deliveries.decode(content, place(7, 9)).now()).isEqualTo(place(7, 7));
        assertThat(Deliveries.decode(content, place(8, 9)).now()).isEqualTo(place(8, 9));
        assertThat(Deliveries.decode(content, place(7, 3)).found()).isEmpty();
    }

    @Test
    void itemsThatAreDeliveredStayWhereTheyAre() {
        Deliveries deliveries = new Deliveries("files", 1);
        deliveries.add(Deliveries.Part.delivered(
                List.of(place(7, 3), place(7, 4)), 0, null, List.of("file a", "file b"), Map.of()));
        Deliveries.Decoded decoded = Deliveries.decode(deliveries.encode(path -> 0), place(7, 4));

        assertThat(decoded.now()).isEqualTo(place(7, 4));
        assertThat(decoded.found()).extracting(Deliveries.Found::receipt).containsExactly("file b");
    }
}
