package io.threadpost.pull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.ExecutorServiceManager;
import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;
import io.threadpost.ledger.LeaseLostException;
import io.threadpost.pulse.LoopConsumer;
import io.threadpost.pulse.Pulse;
import io.threadpost.retry.Reason;
import io.threadpost.spool.Item;

/**
 * {@code from: windows:open}. Each connection has walkers of its own, so that one whose platform does not answer keeps no other
 * waiting. Stopping lets the page at hand be committed, and gives the window back.
 */
final class WindowsConsumer extends LoopConsumer {
    private static final Logger LOG = Logger.getLogger(WindowsConsumer.class);
    private static final long LOOK_MILLIS = 500;

    private final Walkers walkers;
    private final List<Thread> threads = new ArrayList<>();
    private final List<Pulse> pulses = new ArrayList<>();
    private final Set<Walk> walking = ConcurrentHashMap.newKeySet();
    private ExecutorService fetching;
    private ScheduledExecutorService renewing;
    private volatile boolean open;

    WindowsConsumer(Endpoint endpoint, Processor processor, Walkers walkers) {
        super(endpoint, processor);
        this.walkers = walkers;
    }

    @Override
    protected void begin() {
        open = true;
        ExecutorServiceManager executors = getEndpoint().getCamelContext().getExecutorServiceManager();
        fetching = executors.newCachedThreadPool(this, "fetch-page");
        renewing = executors.newSingleThreadScheduledExecutor(this, "window-leases");
        for (String connection : walkers.connections()) {
            for (int i = 0; i < walkers.number(); i++) {
                String name = "walk-" + connection + "-" + i;
                Pulse pulse = walkers.pulses().begin(name);
                pulses.add(pulse);
                Thread thread = new Thread(() -> run(connection, pulse), name);
                threads.add(thread);
                thread.start();
            }
        }
    }

    @Override
    protected void end() throws InterruptedException {
        open = false;
        walking.forEach(Walk::stop);
        walkers.windows().wake();
        List<Thread> ending = List.copyOf(threads);
        threads.clear();
        try {
            for (Thread thread : ending) {
                thread.join();
            }
        } finally {
            pulses.forEach(Pulse::end);
            pulses.clear();
            ExecutorServiceManager executors = getEndpoint().getCamelContext().getExecutorServiceManager();
            executors.shutdownNow(fetching);
            executors.shutdownNow(renewing);
        }
    }

    private void run(String connection, Pulse pulse) {
        String owner = UUID.randomUUID().toString();
        while (open) {
            pulse.beat();
            try {
                Optional<Window> window = walkers.windows().claim(connection, owner);
                if (window.isPresent()) {
                    walk(window.get(), owner, pulse);
                } else {
                    walkers.windows().await(LOOK_MILLIS);
                }
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                ProcessGuard.report(e);
                LOG.errorf("%s: %s", connection, Reason.of(e));
                rest();
            }
        }
    }

    private void walk(Window window, String owner, Pulse pulse) {
        Walk walk = walkers.walk(window, owner, fetching);
        walking.add(walk);
        long third = Windows.LEASE_MILLIS / 3;
        ScheduledFuture<?> renewal =
                renewing.scheduleWithFixedDelay(() -> renew(walk), third, third, TimeUnit.MILLISECONDS);
        Exchange exchange = createExchange(false);
        try {
            if (!open) {
                walk.stop();
            }
            exchange.setProperty(Walk.PROPERTY, walk);
            exchange.setProperty(Walk.WALKING, true);
            exchange.getMessage().setHeader(Item.CONNECTION, window.connection());
            pulse.away();
            route(exchange);
        } finally {
            pulse.beat();
            renewal.cancel(false);
            walking.remove(walk);
            walk.drop();
            Exception failure = exchange.getException();
            releaseExchange(exchange, false);
            release(walk, failure);
        }
    }

    private void release(Walk walk, Exception failure) {
        long wait = failure == null ? 0 : walkers.setbacks().walking(walk.window(), failure);
        boolean counts = failure != null && !(failure instanceof LeaseLostException);
        walkers.windows().release(walk.window(), walk.owner(), wait, counts ? Reason.of(failure) : null);
    }

    private void renew(Walk walk) {
        try {
            walkers.windows().renew(walk.window(), walk.owner());
        } catch (LeaseLostException e) {
            walk.lost(e);
        } catch (RuntimeException | Error e) {
            // A scheduled task that throws is never run again.
            ProcessGuard.report(e);
            LOG.warnf("%s: its lease could not be renewed: %s", walk.window(), Reason.of(e));
        }
    }

    private void rest() {
        try {
            walkers.windows().await(LOOK_MILLIS);
        } catch (InterruptedException e) {
            open = false;
        }
    }
}
