package io.threadpost.spool;

import java.time.Instant;

/**
 * The part of a tick that a batch is.
 *
 * @param opened when the spool was opened for it
 * @param part from 1
 * @param parts how many there are, as far as it could be told when the batch was formed
 */
record SpoolTick(Instant opened, int part, int parts) {}
