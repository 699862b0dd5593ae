package io.threadpost.alert;

import java.io.IOException;

/** A way to a person. */
interface AlertChannel {
    /** @return its name, for people and in the ledger: "webhook", "mail to reception@hotel.example" */
    String name();

    /**
     * Sends a message.
     *
     * @param key the same when a message is sent again
     * @throws IOException with one line for people when the other side does not take it
     */
    void send(AlertMessage message, String key) throws IOException;
}
