package io.threadpost.reply;

/** Names of the room. */
final class ReplyConstants {
    /** The spool of the hotel's messages that are to be sent. */
    static final String SPOOL = "replies";
    /** The name of its target, and of the row that says since when it is on. */
    static final String TARGET = "replies";

    private ReplyConstants() {}
}
