package io.threadpost.conversation;

import java.util.regex.Pattern;

/** What the hotel reads in a thread when a reply could not be delivered. */
public final class UndeliveredReply {
    /** The hotel's people read it, and somebody else wrote it. */
    private static final Pattern LINK = Pattern.compile("(?i)\\b(?:https?|ftp)://\\S+|\\bwww\\.\\S+");

    private UndeliveredReply() {}

    /**
     * @param recipient a plain address
     * @param words of the mail system, one line
     */
    public static String text(String recipient, String words) {
        return "The reply could not be delivered to " + recipient + ": "
                + LINK.matcher(words).replaceAll("[link]");
    }
}
