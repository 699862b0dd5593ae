package io.threadpost.settings;

import java.util.List;

/**
 * The two HTTP ports.
 *
 * @param connections the most connections of each
 * @param hosts names that the management port may be asked by, in lower case, besides those that need no setting
 */
public record HttpSettings(int connections, List<String> hosts) {}
