package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.json.RawJson;

class ItemCodecTest {
    @ParameterizedTest
    @MethodSource("bodies")
    void aBodyReadsBackAsItWas(Object body) {
        SpoolItem spoolItem = new SpoolItem("key", "main", Map.of(), body);

        assertThat(roundTrip(List.of(spoolItem)))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(spoolItem);
    }

    static Stream<Object> bodies() {
        return Stream.of(
                null,
                "",
                "ü\u0000😀",
                new byte[0],
                new byte[] {0, -1},
                0,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1,
                true,
                false,
                new BigDecimal("1.10"),
                new BigDecimal("1E+400"),
                new BigInteger("123456789012345678901234567890"),
                Map.of(),
                Map.of("Price", new BigDecimal("0.10"), "None", List.of()),
                Arrays.asList(1, null, "three", List.of(Map.of("a", true))));
    }

    @Test
    void jsonReadsBackByteForByte() {
        byte[] page = "[{\"Id\" : 1.0},{ }]".getBytes(StandardCharsets.UTF_8);
        List<SpoolItem> items = List.of(
                new SpoolItem("a", null, Map.of(), new RawJson(page, 1, 12)),
                new SpoolItem("b", null, Map.of(), new RawJson(page, 14, 3)));

        assertThat(roundTrip(items))
                .extracting(spoolItem -> spoolItem.body().toString())
                .containsExactly("{\"Id\" : 1.0}", "{ }");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void anyParcelReadsBackAsItWas(long seed) {
        Random random = new Random(seed);
        List<SpoolItem> items = new ArrayList<>();
        for (int i = random.nextInt(200); i >= 0; i--) {
            items.add(item(random));
        }

        assertThat(roundTrip(items))
                .usingRecursiveFieldByFieldElementComparator()
                .isEqualTo(items);
    }

    @Test
    void longTextAndLongNumberCostNoOtherItemOfTheirParcel() {
        Map<String, Object> body = Map.of("text", "x".repeat(21_000_000), "number", new BigInteger("9".repeat(2_000)));

        List<SpoolItem> read = roundTrip(List.of(item(new Random(1)), new SpoolItem("b", null, Map.of(), body)));

        assertThat(read.get(1).body()).isEqualTo(body);
    }

    @Test
    void bodyThatIsTooDeepIsRefusedBeforeItIsInAParcel() {
        List<Object> deep = List.of();
        for (int i = 0; i < 100_000; i++) {
            deep = List.of(deep);
        }
        List<Object> body = deep;

        assertThatThrownBy(() -> ItemCodec.json(body)).isInstanceOf(UnfitBodyException.class);
    }

    @Test
    void damagedParcelIsUnreadableAndNothingElse() {
        fuzz(1, 20_000);
    }

    @Tag("nightly")
    @Test
    void damagedParcelIsUnreadableAndNothingElseAllNight() {
        for (int seed = 2; seed < 200; seed++) {
            fuzz(seed, 50_000);
        }
    }

    private static void fuzz(int seed, int parcels) {
        Random random = new Random(seed);
        byte[] whole = ItemCodec.encode(List.of(
                item(random),
                new SpoolItem("k", "c", Map.of("a", 1), Map.of("b", List.of(1, 2.5, "c"))),
                item(random)));
        for (int i = 0; i < parcels; i++) {
            byte[] damaged =
                    Arrays.copyOf(whole, random.nextInt(10) == 0 ? random.nextInt(whole.length) : whole.length);
            for (int changes = random.nextInt(4); changes >= 0 && damaged.length > 0; changes--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(ItemCodec.decode(damaged, 3)).hasSize(3);
            } catch (UnreadableParcelException e) {
                assertThat(e).hasMessageStartingWith("a parcel of " + damaged.length + " bytes cannot be read");
            }
        }
    }

    private static SpoolItem item(Random random) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            headers.put(text(random), random.nextBoolean() ? text(random) : (Object) random.nextLong());
        }
        String connection = random.nextBoolean() ? null : text(random);
        Object body = random.nextBoolean() ? text(random) : text(random).getBytes(StandardCharsets.UTF_16);
        return new SpoolItem(text(random), connection, headers, body);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(300), 0, Character.MAX_CODE_POINT)
                .filter(point -> point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static List<SpoolItem> roundTrip(List<SpoolItem> items) {
        return ItemCodec.decode(ItemCodec.encode(items), items.size());
    }
}
