package io.threadpost.mailbox;

/**
 * A period of a folder in which UIDs are stable: one UIDVALIDITY.
 *
 * @param id its number in the ledger
 * @param validity UIDVALIDITY
 * @param floor UIDs below are left out
 * @param existed UIDs below were there when it began
 * @param next UIDs below were polled, but for late ones
 * @param compared whether the mails that existed were compared with those of the period before
 */
record UidValidityPeriod(long id, long validity, long floor, long existed, long next, boolean compared) {
    /** UIDs may appear out of order: late ones are searched for so far back. */
    static final int REACH = 500;

    /** @return the lowest UID that is polled again */
    long from() {
        return Math.max(floor, next - REACH);
    }
}
