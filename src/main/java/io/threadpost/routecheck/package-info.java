/**
 * A linter for Camel routes in YAML: syntax, schema, components and their options, expressions, placeholders, names,
 * secrets, and the flow between files. It starts nothing and loads no route.
 *
 * <p>It knows Camel and no other package of Threadpost. The entry point is
 * {@link io.threadpost.routecheck.RouteLinter}: {@link io.threadpost.routecheck.RouteSource}s in,
 * {@link io.threadpost.routecheck.RouteFinding}s out. What an application adds to Camel comes in as a
 * {@link io.threadpost.routecheck.RouteContext} and its {@link io.threadpost.routecheck.RouteVocabulary}.
 *
 * <p>It promises a result for any text, findings without secrets, and the same findings in a JVM, in a native
 * executable, and for {@code threadpost check}.
 *
 * <p>To add a check, write a class that implements {@code RouteCheck} with a constructor for a {@code ParsedFile}, and
 * add it to the list {@code CHECKS} in {@code RouteLinter} (or to {@code CROSS_FILE_CHECKS}, if it looks at all files
 * together). A rule for a custom component, step or name needs no check: it is an entry in the application's
 * vocabulary.
 */
package io.threadpost.routecheck;
