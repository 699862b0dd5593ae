package io.threadpost.sandbox;

/**
 * How the end of a time interval is read; the platform's documentation states both, so clients must work with either.
 */
public enum IntervalReading {
    /** {@code StartUtc <= x < EndUtc}. */
    HALF_OPEN,
    /** {@code StartUtc <= x <= EndUtc}. */
    INCLUSIVE
}
