package io.threadpost.routecheck;

import org.snakeyaml.engine.v2.exceptions.Mark;

/** What has a position in a file. */
interface SourcePosition {
    /** @return counted from 1; 0 for the whole file */
    int line();

    /** @return counted from 1; 0 for the whole file */
    int column();

    /** A position without anything else. */
    record At(int line, int column) implements SourcePosition {
        /** The beginning of the file. */
        static final SourcePosition BEGINNING = new At(1, 1);

        /** The file as a whole. */
        static final SourcePosition WHOLE_FILE = new At(0, 0);

        /** @param mark counts from 0 */
        static SourcePosition of(Mark mark) {
            return new At(mark.getLine() + 1, mark.getColumn() + 1);
        }
    }

    /** @return whether it comes before the other one in the same file */
    default boolean isBefore(SourcePosition other) {
        return line() < other.line() || line() == other.line() && column() < other.column();
    }
}
