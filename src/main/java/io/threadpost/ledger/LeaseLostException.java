package io.threadpost.ledger;

/** A lease is lost (expired, taken over, paused or cancelled): roll back and stop. */
public final class LeaseLostException extends RuntimeException {
    /** @param what the leased thing, for people: "window 12", "batch 7 of spool files" */
    public LeaseLostException(String what) {
        super(what + " is no longer held by this process; what was done since its last commit will be done again");
    }
}
