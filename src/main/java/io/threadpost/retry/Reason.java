package io.threadpost.retry;

/** A failure in one line for people: its kind and what it says, without a stack trace. */
public final class Reason {
    private static final int LONGEST = 500;

    private Reason() {}

    /** @return one line of at most 500 characters, never null */
    public static String of(Throwable failure) {
        String said = failure.getMessage();
        String line = said == null || said.isBlank() ? failure.getClass().getSimpleName() : said;
        return clean(line);
    }

    /** @return somebody's words as one line of at most 500 characters, without control characters */
    public static String clean(String words) {
        String clean = words.replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 1) + "…";
    }
}
