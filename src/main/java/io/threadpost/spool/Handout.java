package io.threadpost.spool;

/**
 * How a route wants a spool's items.
 *
 * @param batch items in a list at most; 0: one exchange an item
 * @param parallel how many exchanges of one item at once, at least 1
 * @param timetable when the spool is open; null: always
 * @param empty whether a tick with nothing in the spool is worked, too, as an empty list
 */
record Handout(int batch, int parallel, Timetable timetable, boolean empty) {}
