package io.threadpost.sandbox;

/** The client made a mistake; the message goes into the answer. */
final class RequestRefused extends Exception {
    private final int status;

    RequestRefused(int status, String message) {
        super(message);
        this.status = status;
    }

    static RequestRefused malformed(String message) {
        return new RequestRefused(400, message);
    }

    int status() {
        return status;
    }
}
