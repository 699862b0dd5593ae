package io.threadpost.heartbeat;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;

/**
 * A consumer that runs loops on its own threads while it is started. Suspending stops it: its work is in the ledger,
 * where the next start finds it.
 */
public abstract class LoopConsumer extends DefaultConsumer implements Suspendable {
    private static final Logger LOG = Logger.getLogger(LoopConsumer.class);

    protected LoopConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Starts the loops. */
    protected abstract void begin();

    /**
     * Ends the loops, each after its current work, and waits for them. Does nothing when no loop runs, or when an
     * earlier wait was interrupted.
     *
     * @throws InterruptedException when the wait is interrupted
     */
    protected abstract void end() throws InterruptedException;

    /**
     * Sends an exchange through the route. Whatever the route throws becomes the exception of the exchange, Java errors
     * too, so that the loop continues.
     */
    protected final void route(Exchange exchange) {
        try {
            getProcessor().process(exchange);
        } catch (Exception | Error e) {
            ProcessGuard.report(e);
            exchange.setException(e);
        }
    }

    @Override
    protected final void doStart() throws Exception {
        super.doStart();
        begin();
    }

    @Override
    protected final void doStop() throws Exception {
        endInTime();
        super.doStop();
    }

    @Override
    protected final void doSuspend() {
        endInTime();
    }

    /**
     * A loop may hang in a call to a server. Camel waits for the shutdown timeout and logs one line when it expires.
     */
    private void endInTime() {
        try {
            end();
        } catch (InterruptedException e) {
            // Interrupts this wait only: the same thread stops other routes gracefully.
            LOG.debugf("%s did not end in time", getEndpoint());
        }
    }

    @Override
    protected final void doResume() {
        begin();
    }
}
