package io.threadpost.command;

/** A command cannot do what it is asked to. The message is one line for people: the problem, {@code ;}, the advice. */
final class CommandFailure extends Exception {
    private static final long serialVersionUID = 1;

    CommandFailure(String problemAndAdvice) {
        super(problemAndAdvice);
    }
}
