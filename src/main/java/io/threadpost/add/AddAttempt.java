package io.threadpost.add;

/**
 * An unresolved add as it stands in the ledger.
 *
 * @param texts as sent: whatever a route makes of the message by now, its thread has these
 * @param since the platform's time before its first request, milliseconds since the epoch
 * @param requests that were, or may have been, sent
 * @param over from when on nothing can come of the last of them, milliseconds since the epoch by this side's time
 * @param process which process reckoned with that time
 * @param looks times the platform was asked since the last request
 */
record AddAttempt(ThreadTexts texts, long since, int requests, long over, String process, int looks) {}
