package io.threadpost.routecheck;

import java.util.List;

/** The headers and properties by which Threadpost's routes and steps pass things on. Kept here as a list; a test compares it with the code. */
public final class ExchangeNames {
    /** Where it travels. */
    public enum Kind {
        /** A header of the message; a spool keeps the headers that are not its own. */
        HEADER,
        /** A property of the exchange: it ends with the exchange. */
        PROPERTY
    }

    /**
     * One of them.
     *
     * @param open whether a route may read it; others are for the steps alone
     * @param description what it holds and who sets it, in one or two sentences
     */
    public record Name(String name, Kind kind, boolean open, String description) {}

    private static final List<Name> ALL = List.of(
            new Name(
                    "ThreadpostKey",
                    Kind.HEADER,
                    true,
                    "Names the version of a thread, as `Id@UpdatedUtc`. The same key twice is the same effect. Not set for a batch."),
            new Name(
                    "ThreadpostConnection",
                    Kind.HEADER,
                    true,
                    "The connection that the thread came from. Of a batch, only if all of its items have the same."),
            new Name(
                    "ThreadpostBatch",
                    Kind.HEADER,
                    true,
                    "The number of what a spool hands out. The same batch comes again under the same number; no other ever has it."),
            new Name(
                    "ThreadpostWalking",
                    Kind.PROPERTY,
                    true,
                    "True while there is more to pull in the window; the loop in `pull-threads` asks for it."),
            new Name(
                    "ThreadpostPriority",
                    Kind.PROPERTY,
                    false,
                    "Who goes first when calls to the platform wait; without it, a call counts as live."),
            new Name("ThreadpostWalk", Kind.PROPERTY, false, "The window on its way through `walk-windows`."),
            new Name("ThreadpostOutbox", Kind.PROPERTY, false, "What was sent to spools and is not committed yet."),
            new Name("ThreadpostCall", Kind.PROPERTY, false, "The call to the platform that is being made."));

    private ExchangeNames() {}

    /** @return all of them, those that a route may read first */
    public static List<Name> all() {
        return ALL;
    }
}
