/**
 * The spool: a durable queue in the ledger, as a Camel component. Whatever comes from another system or goes to one
 * waits here, and leaves only when the other side has acknowledged it.
 *
 * <p>It knows the ledger, the settings and the small packages that all others use, such as {@code json} and
 * {@code retry}; it knows no target. It promises that an item takes effect at least once and, as long as the effect is
 * idempotent by item key, exactly once; that a failing item stops no other; and that a target that is down uses up no
 * item's attempts.
 *
 * <p>To follow an item: {@link io.threadpost.spool.SpoolProducer} and {@link io.threadpost.spool.Spools} store it;
 * {@link io.threadpost.spool.SpoolDrain} claims it in a batch ({@link io.threadpost.spool.Batches}) and sends it
 * through the route; {@link io.threadpost.spool.FailurePolicy} decides what a failure means, by the classifiers of the
 * targets' packages ({@link io.threadpost.retry.FailureClassifier}); {@link io.threadpost.spool.BatchSettler} writes
 * the result to the ledger.
 *
 * <p>A {@linkplain io.threadpost.settings.TargetSystem target} is off when the setting with its address is empty. A new
 * target is one constant there. Its route has {@code autoStartup: "{{threadpost.NAME.on}}"}; the spools named
 * {@code NAME} and {@code NAME-…} belong to it, whether the route exists or not. While the target is off, they drop
 * what is sent to them if it never was on; if it was, they keep collecting, and health reports it.
 */
package io.threadpost.spool;
