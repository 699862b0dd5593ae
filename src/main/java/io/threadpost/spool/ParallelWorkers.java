package io.threadpost.spool;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.threadpost.spool.ExchangeOutcome.Worker;

/** Sends items through the route concurrently, so that a slow target does not take them one at a time. */
final class ParallelWorkers implements AutoCloseable {
    private final int width;
    private final ExecutorService threads;

    /** @param width how many at once; with 1, the calling thread works */
    ParallelWorkers(int width, String spool) {
        this.width = width;
        this.threads = width == 1
                ? null
                : Executors.newFixedThreadPool(width, task -> new Thread(task, "worker of spool " + spool));
    }

    int width() {
        return width;
    }

    /** @return the outcome of each, in their order, when all have ended */
    List<ExchangeOutcome> work(Worker worker, Batch batch, List<Batch.Entry> entries) {
        if (entries.size() == 1) {
            return List.of(work(worker, batch, entries.get(0)));
        }
        return entries.stream()
                .map(entry -> CompletableFuture.supplyAsync(() -> work(worker, batch, entry), threads))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static ExchangeOutcome work(Worker worker, Batch batch, Batch.Entry entry) {
        return worker.work(batch, List.of(entry.item()), false);
    }

    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
        }
    }
}
