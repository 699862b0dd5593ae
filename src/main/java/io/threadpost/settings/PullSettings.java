package io.threadpost.settings;

import java.time.Duration;

/**
 * When threads are asked for, and how far back.
 *
 * @param period time between two ticks
 * @param pageSize threads asked for at once, at most 1000
 * @param start where the very first pull of a connection begins
 * @param settle how far the end of a window stays behind the server's time
 * @param lookback how long covered time is looked at again
 * @param walkers windows walked side by side, for each connection
 * @param alarmAfter how far pulling may fall behind before that is a finding
 */
public record PullSettings(
        Duration period,
        int pageSize,
        PullStart start,
        Duration settle,
        Duration lookback,
        int walkers,
        Duration alarmAfter) {}
