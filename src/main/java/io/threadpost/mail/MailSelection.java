package io.threadpost.mail;

import java.util.ArrayList;
import java.util.List;

/**
 * Selects mails by all given criteria.
 *
 * @param number one mail; null for all
 * @param state null for any
 * @param mailbox null for any
 * @param reason null for any
 */
public record MailSelection(Long number, MailRecord.State state, String mailbox, String reason) {
    /** One mail. */
    public static MailSelection one(long number) {
        return new MailSelection(number, null, null, null);
    }

    String condition() {
        return (number == null ? "" : " AND id = ?")
                + (state == null ? "" : " AND state = ?")
                + (mailbox == null ? "" : " AND mailbox = ?")
                + (reason == null ? "" : " AND reason = ?");
    }

    List<Object> parameters() {
        List<Object> parameters = new ArrayList<>(6);
        for (Object given : new Object[] {number, state == null ? null : state.word(), mailbox, reason}) {
            if (given != null) {
                parameters.add(given);
            }
        }
        return parameters;
    }
}
