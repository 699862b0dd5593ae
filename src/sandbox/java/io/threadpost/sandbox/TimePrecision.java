package io.threadpost.sandbox;

/** The precision to which the platform stores and prints times; undocumented, so clients must not rely on any. */
public enum TimePrecision {
    /** {@code 2022-03-07T16:09:45Z}. */
    SECONDS(10_000_000, 0),
    /** {@code 2022-03-07T16:09:45.123Z}. */
    MILLIS(10_000, 3),
    /** {@code 2022-03-07T16:09:45.1234567Z}, units of 100 ns. */
    TICKS(1, 7);

    private final long unit;
    private final int digits;

    TimePrecision(long unit, int digits) {
        this.unit = unit;
        this.digits = digits;
    }

    /** One unit of this precision in ticks of 100 ns. */
    long unit() {
        return unit;
    }

    /** Digits printed behind the second. */
    int digits() {
        return digits;
    }

    /** The given ticks, cut down to this precision. */
    long cut(long ticks) {
        return Math.floorDiv(ticks, unit) * unit;
    }
}
