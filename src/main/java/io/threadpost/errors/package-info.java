/**
 * Java errors, such as {@code StackOverflowError}: which exchange they fail, and which end the process.
 *
 * <p>It knows no other package. It promises that an {@code Error} thrown in a route fails its exchange, and that a
 * process that cannot continue after one ends rather than hangs.
 */
package io.threadpost.errors;
