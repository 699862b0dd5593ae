/**
 * The texts of the messages that a mail becomes: what its writer wrote, without or with what is quoted, and a line for
 * each attachment. {@link MessageTexts} is the entry point.
 *
 * <p>It knows mails as they were read, and the settings. It promises that a writer's own words are in the messages, in
 * their order and each once: where it is not certain that lines are quoted, they stay.
 */
package io.threadpost.mail.message;
