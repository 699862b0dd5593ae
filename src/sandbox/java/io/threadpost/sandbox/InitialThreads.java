package io.threadpost.sandbox;

/** The threads a platform starts with: spread evenly over the period before, a fifth of them updated since. */
final class InitialThreads {
    private static final double UPDATED_SHARE = 0.2;

    private InitialThreads() {}

    /** @param now the platform's time in ticks; all threads are older */
    static void fill(ThreadStore store, SandboxOptions options, int enterprises, long now) {
        long period = SandboxTicks.of(options.over());
        long created = now - period;
        long updated = created;
        for (int i = 0; i < options.threads(); i++) {
            long noise = SplitMix.of(options.seed(), i);
            if (i == 0 || SplitMix.share(noise) >= options.equalTimes()) {
                double place = (i + SplitMix.share(SplitMix.of(noise))) / options.threads();
                created = now - period + (long) (place * period);
                long since = SplitMix.of(noise, 1);
                updated = SplitMix.share(since) < UPDATED_SHARE
                        ? created + (long) (SplitMix.share(SplitMix.of(since)) * (now - created))
                        : created;
            }
            store.generate(created, updated, SplitMix.below(noise >>> 16, enterprises));
        }
    }
}
