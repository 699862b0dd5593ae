package io.threadpost.mailbox;

/**
 * A numbering of a folder's mails: in it, a UID is one mail.
 *
 * @param id its own number
 * @param validity UIDVALIDITY
 * @param floor UIDs below are left alone
 * @param existed UIDs below were there when it began
 * @param next UIDs below were looked at, but for late ones
 * @param compared whether the mails that existed were compared with those of the era before
 */
record UidValidityPeriod(long id, long validity, long floor, long existed, long next, boolean compared) {
    /** UIDs are not always seen in their order: so far back it is looked for ones that came late. */
    static final int REACH = 500;

    /** The lowest UID that is looked at again. */
    long from() {
        return Math.max(floor, next - REACH);
    }
}
