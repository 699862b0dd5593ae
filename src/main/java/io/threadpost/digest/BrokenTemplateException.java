package io.threadpost.digest;

/** A template that cannot be used. Its message is one line for people. */
final class BrokenTemplateException extends IllegalArgumentException {
    private final String place;
    private final String what;

    /**
     * @param place the file, with the line if that is known
     * @param what what is wrong with it
     */
    BrokenTemplateException(String place, String what, Throwable cause) {
        super("the template " + place + " is broken, fix it: " + what, cause);
        this.place = place;
        this.what = what;
    }

    String place() {
        return place;
    }

    String what() {
        return what;
    }
}
