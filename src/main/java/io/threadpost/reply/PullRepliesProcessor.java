package io.threadpost.reply;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ServiceStatus;
import org.apache.camel.support.LifecycleStrategySupport;
import org.jboss.logging.Logger;

import io.threadpost.connector.ConnectorException;
import io.threadpost.connector.ConnectorFailure;
import io.threadpost.connector.MessageQuery;
import io.threadpost.conversation.Conversations;
import io.threadpost.errors.ProcessGuard;
import io.threadpost.ledger.Ledger;
import io.threadpost.reply.ReplySchedule.Occasion;
import io.threadpost.reply.ReplySchedule.Plan;
import io.threadpost.retry.Backoff;
import io.threadpost.retry.FailureReason;
import io.threadpost.settings.Settings;

/**
 * The step {@code pullReplies}: asks the platform for messages of the hotel, each connection in its own thread. It also
 * asks between two ticks, when threads have moved or the platform has called the webhook; bursts of either are one
 * pull.
 */
@Singleton
@Unremovable
@Named("pullReplies")
public final class PullRepliesProcessor implements Processor {
    private static final Logger LOG = Logger.getLogger(PullRepliesProcessor.class);
    private static final Backoff TRANSIENT = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(2));
    /** The platform refuses the token until a person acts: only a probe now and then. */
    private static final Backoff STUBBORN = new Backoff(Duration.ofMinutes(1), Duration.ofMinutes(15));

    /** Between two pulls that are not ticks, at least; longer after one of many requests. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private static final Duration PAUSE_PER_REQUEST = Duration.ofMillis(300);
    private static final Duration OTHER_NODE = Duration.ofMillis(500);

    private final CamelContext context;
    private final Ledger ledger;
    private final ReplyPuller puller;
    private final ReplyPulls pulls;
    private final ReplySchedule schedule;
    private final ScheduledExecutorService executor;
    private final Map<String, Connection> connections;
    private volatile String route;

    PullRepliesProcessor(
            CamelContext context,
            Ledger ledger,
            ReplyPuller puller,
            ReplyPulls pulls,
            ReplySchedule schedule,
            Conversations conversations,
            Settings settings) {
        this.context = context;
        this.ledger = ledger;
        this.puller = puller;
        this.pulls = pulls;
        this.schedule = schedule;
        this.executor = Executors.newScheduledThreadPool(settings.connections().size(), PullRepliesProcessor::thread);
        this.connections =
                settings.connectionNames().stream().collect(Collectors.toMap(Function.identity(), Connection::new));
        conversations.onMoved(connection -> wake(connection, Occasion.MOVED));
        context.addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onContextStopping(CamelContext stopping) {
                executor.shutdownNow();
            }
        });
    }

    private static Thread thread(Runnable pulling) {
        Thread thread = new Thread(pulling, "pull-replies");
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void process(Exchange exchange) {
        route = exchange.getFromRouteId();
        connections.values().forEach(connection -> connection.wake(Occasion.TICK));
    }

    /** The platform has added a message somewhere: all open conversations are asked about, of every connection. */
    public void webhook() {
        connections.values().forEach(connection -> connection.wake(Occasion.WEBHOOK));
    }

    private void wake(String connection, Occasion occasion) {
        Connection known = connections.get(connection);
        if (known != null) {
            known.wake(occasion);
        }
    }

    /** @return whether a route that has begun to pull is started */
    public boolean isRunning() {
        ServiceStatus status =
                route == null ? null : context.getRouteController().getRouteStatus(route);
        return status != null && status.isStarted();
    }

    /** The pulls of one connection, one at a time. */
    private final class Connection {
        private final String name;
        private Occasion waiting;
        private boolean busy;
        private long quietUntil = System.nanoTime();

        Connection(String name) {
            this.name = name;
        }

        synchronized void wake(Occasion occasion) {
            if (waiting == null || occasion.compareTo(waiting) > 0) {
                waiting = occasion;
            }
            if (!busy) {
                busy = true;
                run(waiting == Occasion.TICK ? 0 : Math.max(0, quietUntil - System.nanoTime()));
            }
        }

        private void run(long nanos) {
            try {
                executor.schedule(() -> pull(), nanos, TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                LOG.debugf("%s: replies are no longer pulled: %s", name, e.getMessage());
            }
        }

        private synchronized Occasion begin() {
            Occasion occasion = waiting;
            waiting = null;
            return occasion;
        }

        private synchronized void end(int requests, Occasion again, long waitMillis) {
            Duration pause = PAUSE_PER_REQUEST.multipliedBy(requests);
            quietUntil = System.nanoTime() + (pause.compareTo(PAUSE) > 0 ? pause : PAUSE).toNanos();
            if (again != null) {
                waiting = waiting == null || again.compareTo(waiting) > 0 ? again : waiting;
            }
            busy = waiting != null;
            if (busy) {
                long wait = waiting == Occasion.TICK ? 0 : Math.max(0, quietUntil - System.nanoTime());
                run(Math.max(wait, TimeUnit.MILLISECONDS.toNanos(waitMillis)));
            }
        }

        private void pull() {
            Occasion occasion = begin();
            int requests = 0;
            Occasion again = null;
            long waitMillis = 0;
            try {
                if (!isRunning()) {
                    return;
                }
                ReplyPulls.Pull state = pulls.pull(name);
                if (state.dueMillis() > 0) {
                    again = occasion;
                    waitMillis = state.dueMillis();
                } else if (pulls.begin(name)) {
                    try {
                        requests = pull(occasion, state);
                    } finally {
                        pulls.end(name);
                    }
                } else if (occasion != Occasion.TICK) {
                    again = occasion;
                    waitMillis = OTHER_NODE.toMillis();
                }
            } catch (RuntimeException | Error e) {
                ProcessGuard.report(e);
                if (!executor.isShutdown()) {
                    again = occasion;
                    waitMillis = failed(e);
                }
            } finally {
                end(requests, again, waitMillis);
            }
        }

        private int pull(Occasion occasion, ReplyPulls.Pull state) {
            Instant now = Instant.ofEpochMilli(ledger.read(tx -> tx.now()));
            Plan plan = schedule.plan(name, occasion, Duration.between(Instant.ofEpochMilli(state.asked()), now), now);
            puller.pull(name, plan.conversations());
            if (!plan.conversations().isEmpty() || state.failures() > 0) {
                pulls.succeeded(name, plan.rest());
            }
            if (state.failures() > 0) {
                LOG.infof("%s: the platform answers requests for messages again", name);
            }
            return plan.conversations().size() / MessageQuery.MOST + 1;
        }

        /** @return milliseconds until the next try */
        private long failed(Throwable failure) {
            int failures = pulls.pull(name).failures() + 1;
            long wait = waitMillis(failure, failures);
            String reason = FailureReason.of(failure);
            if (failures == 1) {
                LOG.warnf("%s: messages of the hotel cannot be pulled: %s", name, reason);
            }
            pulls.failed(name, wait, reason);
            return wait;
        }

        private static long waitMillis(Throwable failure, int failures) {
            if (failure instanceof ConnectorException connector) {
                if (connector.failure().needsPerson() || connector.failure() == ConnectorFailure.INVALID) {
                    return STUBBORN.millis(failures);
                }
                return Math.max(connector.retryAfterMillis(), TRANSIENT.millis(failures));
            }
            return TRANSIENT.millis(failures);
        }
    }
}
