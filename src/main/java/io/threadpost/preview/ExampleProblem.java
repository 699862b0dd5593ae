package io.threadpost.preview;

/** An example file that cannot be used. */
final class ExampleProblem extends Exception {
    private static final long serialVersionUID = 1L;
    private final int line;

    /** @param message one line for people, with advice */
    ExampleProblem(int line, String message) {
        super(message);
        this.line = line;
    }

    int line() {
        return line;
    }
}
