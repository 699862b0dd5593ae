package io.threadpost.sandbox;

import java.time.Instant;

/**
 * One request as the platform saw it, recorded just before the last bytes of its answer leave.
 *
 * @param receivedNanos {@link System#nanoTime()} when the request had arrived
 * @param received the same moment by the local clock
 * @param accessToken the access token in the body; null if there was none to be read
 * @param action {@code getAll}, {@code add}, {@code messages/getAll}, {@code messages/add}, or the path asked for where
 *     it is none of them
 * @param status the status answered; 0 if the connection was closed without an answer
 * @param cursor the cursor sent, or null
 * @param retryAfterSeconds the pause asked for, in seconds whatever the header's form; null if none was
 * @param refusal what the client did wrong; null if nothing
 * @param answeredNanos {@link System#nanoTime()} just before the last bytes left or the connection was closed
 * @param fault the names of the injected faults that shaped the answer, joined by commas; null if none did
 */
public record SandboxRequest(
        long receivedNanos,
        Instant received,
        String accessToken,
        String action,
        int status,
        String cursor,
        Long retryAfterSeconds,
        String refusal,
        long answeredNanos,
        String fault) {}
