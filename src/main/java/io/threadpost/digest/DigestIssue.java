package io.threadpost.digest;

import java.time.Instant;

/**
 * Which digest it is.
 *
 * @param time the time it is for
 * @param part from 1
 * @param parts how many batches this digest is
 * @param slice which mail of that batch it is, from 1
 * @param slices how many mails the batch is, since mail programs cut off long ones
 */
record DigestIssue(Instant time, int part, int parts, int slice, int slices) {
    DigestIssue(Instant time, int part, int parts) {
        this(time, part, parts, 1, 1);
    }

    DigestIssue slice(int number, int of) {
        return parts == 1 ? new DigestIssue(time, number, of) : new DigestIssue(time, part, parts, number, of);
    }

    /** @return the part as people count it */
    Object label() {
        return slices == 1 ? (Object) part : part + "." + slice;
    }
}
