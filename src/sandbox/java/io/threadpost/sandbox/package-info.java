/**
 * A platform to develop, test and demonstrate against: the message-thread part of the Connector API over plain HTTP,
 * strict about what it accepts and able to misbehave on demand.
 *
 * <p>It knows nobody: the rest of Threadpost talks to it over the wire only, and it runs alone as
 * {@link io.threadpost.sandbox.SandboxMain}.
 *
 * <p>It promises that every answer is one the real platform could give, that its misbehaviour is deterministic for a
 * seed, and that it remembers what it served and what it refused, so that a client's effects can be compared with the
 * truth.
 */
package io.threadpost.sandbox;
