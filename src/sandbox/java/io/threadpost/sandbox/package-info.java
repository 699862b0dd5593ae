/**
 * A simulated platform with a mail server and a broker, for development, tests and demos; not part of the package. It
 * implements the message threads of the Connector API over plain HTTP, accepts no invalid request, and injects faults
 * on demand.
 *
 * <p>It knows no other package: Threadpost talks to it over the wire only, and it also runs alone as
 * {@link io.threadpost.sandbox.SandboxMain}. The one exception is {@link io.threadpost.sandbox.SandboxDev}, which
 * starts the main program for dev mode.
 *
 * <p>It promises that every answer is one that the real platform could give, that its faults are deterministic for a
 * seed, and that it records what it served and rejected, so that a client's effects can be compared with the truth.
 */
package io.threadpost.sandbox;
