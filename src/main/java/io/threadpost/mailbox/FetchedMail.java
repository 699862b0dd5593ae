package io.threadpost.mailbox;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A mail as it was fetched.
 *
 * @param uid its UID
 * @param received INTERNALDATE; null when the server says none that can be read
 * @param size what the server says about its size, which may be a guess
 * @param raw a file with its bytes
 */
record FetchedMail(long uid, Instant received, long size, Path raw) {}
