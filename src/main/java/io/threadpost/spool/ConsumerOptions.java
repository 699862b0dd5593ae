package io.threadpost.spool;

/**
 * The options of {@code from: spool:NAME}.
 *
 * @param batch items in a list at most; 0: one exchange an item
 * @param parallel how many exchanges of one item at once, at least 1
 * @param rate items a second at most, over all drains of the spool in this process; 0: no limit
 * @param timetable when the spool is open; null: always
 * @param empty whether a tick with an empty spool sends an empty list
 */
record ConsumerOptions(int batch, int parallel, int rate, Timetable timetable, boolean empty) {}
