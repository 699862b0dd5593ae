/**
 * Says what is wrong with route files before anything is loaded: syntax, schema, components and their options,
 * settings, names. Knows no running Camel context, so that {@code threadpost check} and a running installation find the
 * same. The door is {@link io.threadpost.routecheck.RouteChecks}.
 */
package io.threadpost.routecheck;
