package io.threadpost.person;

import java.util.List;
import java.util.Set;

/**
 * What is held about a person.
 *
 * @param address canonical
 * @param names as the person's mails and threads show them
 * @param subjects of the person's mails and threads
 * @param mails by the person, and bounces of what was sent to the person, that are not purged to their identity
 * @param mentions numbers of the mails of others that name the person
 * @param threads the Ids of the person's threads
 * @param replies the Ids of messages of the hotel to the person
 * @param items in the spools that are the person's, or name the person
 * @param unreadable parcels that cannot be read
 */
record PersonTraces(
        String address,
        Set<String> names,
        Set<String> subjects,
        List<OwnMail> mails,
        List<Long> mentions,
        Set<String> threads,
        Set<String> replies,
        List<Item> items,
        int unreadable) {

    /**
     * A mail.
     *
     * @param key of its item, and of its add
     */
    record OwnMail(long number, String mailbox, String connection, String identity, String key, String state) {}

    /**
     * An item of a spool, without its content: there may be very many.
     *
     * @param key null if it has none
     * @param own whether it is the person's; otherwise it only names the person
     */
    record Item(String spool, String state, long created, String key, boolean own) {}

    /** @return finds the address, and masks the names, too */
    PersonMatcher matcher() {
        return new PersonMatcher(address, names);
    }
}
