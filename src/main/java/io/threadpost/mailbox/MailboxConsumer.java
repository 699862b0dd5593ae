package io.threadpost.mailbox;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.heartbeat.LoopConsumer;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.spool.SpoolConstants;

/**
 * {@code from: mailbox:all}. Each mailbox has its own thread, so that a server that does not answer holds up no other
 * mailbox.
 */
final class MailboxConsumer extends LoopConsumer {

    /** The wait for a thread whose server hangs; it does nothing more when it returns. */
    private static final long END_SECONDS = 10;

    private final MailboxWatchers mailboxWatchers;
    private final List<MailboxWatcher> running = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    MailboxConsumer(Endpoint endpoint, Processor processor, MailboxWatchers mailboxWatchers) {
        super(endpoint, processor);
        this.mailboxWatchers = mailboxWatchers;
    }

    @Override
    protected void begin() {
        for (MailboxSettings mailbox : mailboxWatchers.mailboxes()) {
            MailboxWatcher mailboxWatcher = mailboxWatchers.begin(mailbox, this::offer);
            running.add(mailboxWatcher);
            Thread thread = new Thread(mailboxWatcher::run, "mailbox-" + mailbox.name());
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    @Override
    protected void end() throws InterruptedException {
        running.forEach(MailboxWatcher::close);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(END_SECONDS);
        for (Thread thread : threads) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime())));
        }
        running.clear();
        threads.clear();
    }

    private void offer(StagingRequest stagingRequest) throws Exception {
        Exchange exchange = createExchange(false);
        try {
            exchange.setProperty(MailboxConstants.OFFER, stagingRequest);
            exchange.getMessage()
                    .setHeader(
                            MailboxConstants.MAILBOX, stagingRequest.mailbox().name());
            exchange.getMessage()
                    .setHeader(
                            SpoolConstants.CONNECTION, stagingRequest.mailbox().connection());
            exchange.getMessage().setBody(stagingRequest.raw().toFile());
            route(exchange);
            if (stagingRequest.isStaged()) {
                return;
            }
            if (exchange.getException() != null) {
                throw exchange.getException();
            }
            throw new IllegalStateException("the route from mailbox:all did not stage it; add the step stageMail");
        } finally {
            releaseExchange(exchange, false);
        }
    }
}
