/**
 * Errors of Java, such as {@code StackOverflowError}: whose they are, and what follows.
 *
 * <p>It knows no other room. It promises that an {@code Error} thrown in a route is the failure of its exchange, and
 * that a process which cannot go on after one ends, rather than living on without doing anything.
 */
package io.threadpost.errors;
