package io.threadpost.settings;

import java.time.Duration;

/**
 * How threads are added.
 *
 * @param patience how long a request that is over may still make its thread appear
 */
public record AddSettings(Duration patience) {}
