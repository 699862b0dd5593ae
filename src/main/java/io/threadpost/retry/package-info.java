/**
 * Trying again: how long to wait, why it failed, and how long that lasted. It knows the room of texts; it promises
 * waits that do not line up between processes, and reasons of one line.
 */
package io.threadpost.retry;
