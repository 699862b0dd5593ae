/**
 * The steps that an exchange passed: which routes, filters and choices, each with its file and line, and which of them
 * stopped it.
 *
 * <p>It knows Camel and no other package. It promises that an exchange without a
 * {@link io.threadpost.steptrace.StepTrace} costs one property look-up for each step, that equal paths are mostly the
 * same object, and that a trace names the version of a route that the exchange really passed, whatever is edited
 * meanwhile.
 *
 * <p>To use it: {@code StepTrace trace = StepTrace.start(exchange)} before the exchange is routed, and
 * {@code trace.path().visits()} when it is done. The copies that a split or a multicast makes share the trace, unless a
 * new one is started in them.
 */
package io.threadpost.steptrace;
