package io.threadpost.ops;

/** A request that is refused: what is wrong with it, and what to do. */
public final class ApiRefusal extends RuntimeException {
    private final int status;
    private final String advice;

    /** @param status the HTTP status */
    public ApiRefusal(int status, String problem, String advice) {
        super(problem, null, false, false);
        this.status = status;
        this.advice = advice;
    }

    public int status() {
        return status;
    }

    public String advice() {
        return advice;
    }
}
