/**
 * The spool: the one durable hop. Whatever crosses a system's border waits here, and leaves only when the other side
 * has it.
 *
 * <p>It knows the ledger and nobody else. It promises that what is delivered takes effect at least once and, as long as
 * the effect is idempotent by item key, exactly once; that a failing item stops no other; and that a target which is
 * down uses up nobody's attempts.
 *
 * <p>A {@linkplain io.threadpost.settings.TargetSystem target} can be off, when the setting is empty that says where it
 * is. A new one is one line there. Its route says {@code autoStartup: "{{threadpost.NAME.on}}"}; the spools named
 * {@code NAME} and {@code NAME-…} belong to it, whether the route is there or not. Of a target that never was on they
 * take nothing. Of one that was on once they keep collecting, and health says so.
 */
package io.threadpost.spool;
