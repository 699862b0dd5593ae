package io.threadpost.pull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

import io.threadpost.connector.ConnectorException;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.pull.PulledPage.RoutedThread;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.testing.TestNode;

/** Walkers of a connection in one process and one thread: each does half a turn when it is asked to. */
final class SimulatedWalkers {
    static final String CONNECTION = "main";
    private static final int MOST = 4;

    private final TestNode node;
    private final String connection;
    private final Random random;
    private final ProducerTemplate routing;
    private final List<Walker> walkers = new ArrayList<>();

    SimulatedWalkers(TestNode node, String connection, Random random) {
        this.node = node;
        this.connection = connection;
        this.random = random;
        this.routing = node.camel.createProducerTemplate();
    }

    private static final class Walker {
        private final WindowWalk walk;
        private boolean fetched;

        Walker(WindowWalk walk) {
            this.walk = walk;
        }
    }

    void claim(boolean live) {
        if (walkers.size() < MOST) {
            Windows windows = node.get(Windows.class);
            String owner = windows.newOwner();
            windows.claim(connection, owner, live)
                    .ifPresent(window -> walkers.add(
                            new Walker(node.get(WalkerFactory.class).walk(window, owner, new CallerRuns()))));
        }
    }

    boolean idle() {
        return walkers.isEmpty();
    }

    /** One of them fetches a page and routes it, or commits what it fetched. */
    void turn() {
        if (walkers.isEmpty()) {
            return;
        }
        Walker walker = walkers.remove(random.nextInt(walkers.size()));
        WindowWalk walk = walker.walk;
        try {
            if (random.nextInt(3) == 0) {
                node.get(Windows.class).renew(walk.window(), walk.owner());
            }
            if (half(walker)) {
                walkers.add(walker);
            } else {
                release(walk, null);
            }
        } catch (ConnectorException | LeaseLostException | WindowStuckException e) {
            release(walk, e);
        }
    }

    private boolean half(Walker walker) {
        walker.fetched = !walker.fetched;
        if (!walker.fetched) {
            return walker.walk.commit();
        }
        if (!walker.walk.fetch().isEmpty()) {
            walker.walk.page().threads().forEach(this::route);
        }
        return true;
    }

    private void route(RoutedThread thread) {
        Exchange routed = routing.send("direct:route-thread", exchange -> {
            exchange.setProperty(SpoolConstants.OUTBOX, thread.outbox());
            exchange.getMessage().setHeader(SpoolConstants.KEY, thread.key());
            exchange.getMessage().setHeader(SpoolConstants.CONNECTION, connection);
            if (thread.enterprise() != null) {
                exchange.getMessage().setHeader(SpoolConstants.ENTERPRISE, thread.enterprise());
            }
            exchange.getMessage().setBody(thread.item(connection).body());
        });
        thread.end(routed.getException());
    }

    private void release(WindowWalk walk, RuntimeException failure) {
        walk.prefetch().cancel();
        long wait = failure == null ? 0 : node.get(PullFailurePolicy.class).walking(walk.window(), failure);
        boolean counts = failure != null && !(failure instanceof LeaseLostException);
        // The policy draws its waits without a seed.
        node.get(Windows.class)
                .release(
                        walk.window(),
                        walk.owner(),
                        wait == 0 ? 0 : 1 + random.nextInt(100_000),
                        counts ? FailureReason.of(failure) : null);
    }

    /** Fetches ahead at once. */
    private static final class CallerRuns extends AbstractExecutorService {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public void shutdown() {}

        @Override
        public List<Runnable> shutdownNow() {
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return false;
        }

        @Override
        public boolean isTerminated() {
            return false;
        }

        @Override
        public boolean awaitTermination(long timeout, TimeUnit unit) {
            return true;
        }
    }
}
