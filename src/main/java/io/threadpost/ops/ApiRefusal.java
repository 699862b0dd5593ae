package io.threadpost.ops;

/** A request that is refused: what is wrong with it, and what to do. */
final class ApiRefusal extends RuntimeException {
    private final int status;
    private final String advice;

    /** @param status the HTTP status */
    ApiRefusal(int status, String problem, String advice) {
        super(problem, null, false, false);
        this.status = status;
        this.advice = advice;
    }

    int status() {
        return status;
    }

    String advice() {
        return advice;
    }
}
