/**
 * Trying again: how long to wait, and why it failed. It knows no other room; it promises waits that do not line up between
 * processes, and reasons of one line.
 */
package io.threadpost.retry;
