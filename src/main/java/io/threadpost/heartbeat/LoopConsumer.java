package io.threadpost.heartbeat;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;
import org.jboss.logging.Logger;

import io.threadpost.errors.ProcessGuard;

/**
 * A consumer whose loops turn on threads of their own, from its start to its end. To be suspended is to be stopped for
 * it: what it works on lies in the ledger, where the next start finds it.
 */
public abstract class LoopConsumer extends DefaultConsumer implements Suspendable {
    private static final Logger LOG = Logger.getLogger(LoopConsumer.class);

    protected LoopConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Starts the loops. */
    protected abstract void begin();

    /**
     * Ends the loops, each after what it has at hand; they have ended when this returns. Nothing happens when none
     * turns, or when the wait was given up before.
     *
     * @throws InterruptedException when the wait for them is given up
     */
    protected abstract void end() throws InterruptedException;

    /**
     * Sends an exchange through the route. Whatever is thrown is its failure, errors of Java too, so that the loop goes
     * on.
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

    /** A loop may hang in a server. Camel waits for the shutdown's time, and says in one line that this is over. */
    private void endInTime() {
        try {
            end();
        } catch (InterruptedException e) {
            // For this wait alone: other routes are stopped by the same thread, each in good order.
            LOG.debugf("%s did not end in time", getEndpoint());
        }
    }

    @Override
    protected final void doResume() {
        begin();
    }
}
