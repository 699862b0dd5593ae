/**
 * Makes an example, as {@code threadpost test} runs it, from a thread or a mail that passed, to be committed.
 *
 * <p>It knows the linter's outline of the routes, and {@code preview}, which tells what the routes do with the example.
 * The entry point is {@link io.threadpost.example.ExampleMaker}.
 *
 * <p>It promises that names, addresses, ids and texts are invented, that what the routes look at stays, and that the
 * example passes with the routes that it was made for.
 */
package io.threadpost.example;
