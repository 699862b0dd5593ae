/**
 * Conversations: the threads that began with a mail, each with its guest, and how a later mail is recognised as part of
 * one.
 *
 * <p>It knows the ledger and the settings alone; mails continue conversations, the pull reports which threads moved,
 * and replies are sent in them. It promises that a thread has one conversation and that a conversation has one guest,
 * that nobody without the signing key can make a reply token, and that what a transaction records here commits with it.
 */
package io.threadpost.conversation;
