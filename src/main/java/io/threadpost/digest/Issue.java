package io.threadpost.digest;

import java.time.Instant;

/**
 * Which digest it is.
 *
 * @param time the time it is for
 * @param part from 1
 * @param parts how many mails this digest is
 */
record Issue(Instant time, int part, int parts) {}
