/**
 * A person's data: shows, exports and erases what is held about a sender.
 *
 * <p>It knows the ledger with all its tables, the spools, the mails and the files; nobody but {@code ops} knows it. It
 * promises that an erased person is in no page of the ledger, no file and no state any more, that what belongs to
 * others stays as it is, that an erased mail is not staged again, and that it reports what it cannot reach.
 *
 * <p>To follow an erasure: {@link io.threadpost.person.PersonFinder} finds the
 * {@link io.threadpost.person.PersonTraces}, {@link io.threadpost.person.PersonErasure} removes them from mails
 * ({@link io.threadpost.person.PersonRows}), spools ({@link io.threadpost.person.ItemRule}) and files
 * ({@link io.threadpost.person.PersonFiles}), and masks the person in what is others'.
 */
package io.threadpost.person;
