/**
 * The spool: the one durable hop. Everything that leaves or enters over a system's border waits here, and leaves only
 * when the other side has it.
 *
 * <p>It knows the ledger, the settings and the rooms that everybody knows, and no target. It promises that an item
 * takes effect at least once and, as long as the effect is idempotent by item key, exactly once; that a failing item
 * stops no other; and that a target that is down uses up no item's attempts.
 *
 * <p>On the way of an item: {@link io.threadpost.spool.SpoolProducer} and {@link io.threadpost.spool.Spools} store it;
 * {@link io.threadpost.spool.SpoolDrain} claims it in a batch ({@link io.threadpost.spool.Batches}) and sends it
 * through the route; {@link io.threadpost.spool.FailurePolicy} decides what a failure means, by the classifiers of the
 * rooms ({@link io.threadpost.retry.FailureClassifier}); {@link io.threadpost.spool.BatchSettler} writes that to the
 * ledger.
 *
 * <p>A {@linkplain io.threadpost.settings.TargetSystem target} is off when the setting with its address is empty. A new
 * target is one line there. Its route has {@code autoStartup: "{{threadpost.NAME.on}}"}; the spools named {@code NAME}
 * and {@code NAME-…} belong to it, whether the route exists or not. They take nothing for a target that never was on,
 * and keep collecting, with a finding in health, for one that was on before.
 */
package io.threadpost.spool;
