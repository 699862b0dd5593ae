package io.threadpost.pull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ExecutorServiceManager;
import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.heartbeat.Heartbeats.Heartbeat;
import io.threadpost.heartbeat.LoopConsumer;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.ledger.LeaseRenewals;
import io.threadpost.retry.FailureReason;
import io.threadpost.spool.SpoolConstants;

/**
 * {@code from: windows:open}. Each connection has its own walkers, so that a platform that does not answer delays no
 * other connection, and others for backfills, so that a backfill delays no live window. A stop waits for the commit of
 * the current page, and releases the window.
 */
final class WindowsConsumer extends LoopConsumer {
    private static final Logger LOG = Logger.getLogger(WindowsConsumer.class);
    private static final long POLL_MILLIS = 500;
    /** Backfills can wait, and in this process they wake their walkers. */
    private static final long BACKFILL_POLL_MILLIS = 2_000;

    private final WalkerFactory walkerFactory;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Heartbeat> heartbeats = new ArrayList<>();
    private final Set<WindowWalk> walking = ConcurrentHashMap.newKeySet();
    private ExecutorService fetching;
    private LeaseRenewals renewals;
    private volatile boolean open;

    WindowsConsumer(Endpoint endpoint, Processor processor, WalkerFactory walkerFactory) {
        super(endpoint, processor);
        this.walkerFactory = walkerFactory;
    }

    @Override
    protected void begin() {
        open = true;
        ExecutorServiceManager executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        fetching = executors.newCachedThreadPool(this, "fetch-page");
        renewals = new LeaseRenewals("window-leases", Duration.ofMillis(Windows.LEASE_MILLIS));
        for (String connection : walkerFactory.connections()) {
            for (int i = 0; i < walkerFactory.liveWalkers(); i++) {
                begin("walk-" + connection + "-" + i, connection, true);
            }
            for (int i = 0; i < walkerFactory.backfillWalkers(); i++) {
                begin("backfill-" + connection + "-" + i, connection, false);
            }
        }
    }

    private void begin(String name, String connection, boolean live) {
        Heartbeat heartbeat = walkerFactory.heartbeats().begin(name);
        heartbeats.add(heartbeat);
        Thread thread = new Thread(() -> run(connection, live, heartbeat), name);
        threads.add(thread);
        thread.start();
    }

    @Override
    protected void end() throws InterruptedException {
        open = false;
        walking.forEach(walk -> walk.prefetch().stop());
        walkerFactory.windows().wake();
        List<Thread> ending = List.copyOf(threads);
        threads.clear();
        try {
            for (Thread thread : ending) {
                thread.join();
            }
        } finally {
            heartbeats.forEach(Heartbeat::end);
            heartbeats.clear();
            ExecutorServiceManager executors = getEndpoint().getCamelContext().getExecutorServiceManager();
            executors.shutdownNow(fetching);
            renewals.close();
        }
    }

    private void run(String connection, boolean live, Heartbeat heartbeat) {
        String owner = walkerFactory.windows().newOwner();
        while (open) {
            heartbeat.beat();
            try {
                Optional<Window> window = live || !walkerFactory.backfillsWait()
                        ? walkerFactory.windows().claim(connection, owner, live)
                        : Optional.empty();
                if (window.isPresent()) {
                    walk(window.get(), owner, heartbeat);
                } else {
                    walkerFactory.windows().await(live ? POLL_MILLIS : BACKFILL_POLL_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                ProcessGuard.report(e);
                LOG.errorf("%s: %s", connection, FailureReason.of(e));
                pause();
            }
        }
    }

    private void walk(Window window, String owner, Heartbeat heartbeat) {
        WindowWalk walk = walkerFactory.walk(window, owner, fetching);
        walking.add(walk);
        LeaseRenewals.Lease lease = renewals.keep(window, () -> renew(walk));
        Exchange exchange = createExchange(false);
        try {
            if (!open) {
                walk.prefetch().stop();
            }
            exchange.setProperty(PullConstants.WALK, walk);
            exchange.setProperty(PullConstants.WALKING, true);
            exchange.getMessage().setHeader(SpoolConstants.CONNECTION, window.connection());
            heartbeat.away();
            route(exchange);
        } finally {
            heartbeat.beat();
            lease.close();
            walking.remove(walk);
            walk.prefetch().cancel();
            Exception failure = failure(exchange, walk);
            releaseExchange(exchange, false);
            release(walk, failure);
        }
    }

    /**
     * A route without the step {@code cursorLoop} walks nothing. Camel's loop is such a route once it was stopped and
     * started with {@code breakOnShutdown}: it does not forget the stop.
     */
    private Exception failure(Exchange exchange, WindowWalk walk) {
        if (exchange.getException() == null && !walk.fetched() && open) {
            return new IllegalStateException("the route " + exchange.getFromRouteId() + " ran no step `cursorLoop`:"
                    + " take `breakOnShutdown` out of its loop, or save its file again");
        }
        return exchange.getException();
    }

    private void release(WindowWalk walk, Exception failure) {
        long pause = walk.waits() ? BACKFILL_POLL_MILLIS : 0;
        long wait = failure == null ? pause : walkerFactory.failurePolicy().walking(walk.window(), failure);
        boolean counts = failure != null && !(failure instanceof LeaseLostException);
        walkerFactory.windows().release(walk.window(), walk.owner(), wait, counts ? FailureReason.of(failure) : null);
    }

    private void renew(WindowWalk walk) {
        try {
            walkerFactory.windows().renew(walk.window(), walk.owner());
        } catch (LeaseLostException e) {
            walk.prefetch().lost(e);
            throw e;
        }
    }

    private void pause() {
        try {
            walkerFactory.windows().await(POLL_MILLIS);
        } catch (InterruptedException e) {
            open = false;
        }
    }
}
