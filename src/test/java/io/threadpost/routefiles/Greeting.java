package io.threadpost.routefiles;

/** A bean that a route file makes by the name of its class. */
public final class Greeting {
    private String words;

    public void setWords(String words) {
        this.words = words;
    }

    @Override
    public String toString() {
        return words;
    }
}
