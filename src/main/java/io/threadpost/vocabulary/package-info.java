/**
 * What Threadpost adds to Camel's route language: components and their rules, steps, headers, properties, fields,
 * classes. The checks of route files and the tables in {@code docs/} take it from here.
 *
 * <p>It knows the linter, whose {@link io.threadpost.routecheck.RouteVocabulary} it fills, and the settings, for
 * formats and secrets. It promises that what it lists is what the code has: tests compare the two. The entry point is
 * {@link io.threadpost.vocabulary.ThreadpostRouteContext}.
 */
package io.threadpost.vocabulary;
