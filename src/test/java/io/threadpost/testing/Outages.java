package io.threadpost.testing;

import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stops one server or another, and starts it again, at moments drawn at random, until it is closed; then all of them
 * run.
 */
public final class Outages implements AutoCloseable {
    private static final int LONGEST_MILLIS = 3000;

    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private volatile int count;
    private volatile Throwable failure;

    /** A server that can be stopped and started again. */
    public record Server(Runnable stop, Runnable start) {}

    public Outages(Random random, List<Server> servers) {
        thread = new Thread(() -> run(random, servers), "outages");
        thread.start();
    }

    private void run(Random random, List<Server> servers) {
        try {
            while (!over.await(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS)) {
                Server server = servers.get(random.nextInt(servers.size()));
                server.stop().run();
                try {
                    over.await(random.nextInt(LONGEST_MILLIS), TimeUnit.MILLISECONDS);
                } finally {
                    server.start().run();
                }
                count++;
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /** @return outages that there were */
    public int count() {
        return count;
    }

    @Override
    public void close() throws InterruptedException {
        over.countDown();
        thread.join();
        if (failure != null) {
            throw new AssertionError("an outage failed", failure);
        }
    }
}
