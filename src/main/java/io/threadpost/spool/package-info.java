/**
 * The spool: the one durable hop. Whatever crosses a system's border waits here, and leaves only when the other side has it.
 *
 * <p>It knows the ledger and nobody else. It promises that what is delivered takes effect at least once and, as long as the
 * effect is idempotent by item key, exactly once; that a failing item stops no other; and that a target which is down uses up
 * nobody's attempts.
 */
package io.threadpost.spool;
