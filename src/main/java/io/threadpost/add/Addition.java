package io.threadpost.add;

/** Something that is to be added to the platform once. Its text names it in the log. */
interface Addition {
    /** @return the connection (hotel) that it is added to */
    String connection();
}
