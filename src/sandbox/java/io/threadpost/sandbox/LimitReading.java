package io.threadpost.sandbox;

/** How requests are counted for the limit; the platform's documentation can be read in both ways. */
public enum LimitReading {
    /** Those of any window. */
    SLIDING,
    /** Also those of the window that begins with the first request of a burst. */
    BOTH
}
