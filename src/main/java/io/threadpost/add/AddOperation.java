package io.threadpost.add;

/** What is added to the platform: both follow the same protocol, and fail independently of each other. */
enum AddOperation {
    THREADS("threads", "thread"),
    MESSAGES("messages", "message");

    private final String key;
    private final String thing;

    AddOperation(String key, String thing) {
        this.key = key;
        this.thing = thing;
    }

    /** @return its name in the ledger, and for people */
    String key() {
        return key;
    }

    /** @return what one request makes */
    String thing() {
        return thing;
    }
}
