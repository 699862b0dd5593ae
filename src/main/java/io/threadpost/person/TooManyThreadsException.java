package io.threadpost.person;

import java.util.Locale;

/** Thrown when an address has more threads than a person: it is a program's, such as a portal's. */
public final class TooManyThreadsException extends RuntimeException {
    /** @param most threads of one address that are searched, shown, exported and erased */
    TooManyThreadsException(int most) {
        super(String.format(Locale.ROOT, "the address has more than %,d threads", most));
    }
}
