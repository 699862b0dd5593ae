package io.threadpost.pulse;

import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/**
 * A consumer whose loops turn on threads of their own, from its start to its end. To be suspended is to be stopped for it: what it
 * works on lies in the ledger, where the next start finds it.
 */
public abstract class LoopConsumer extends DefaultConsumer implements Suspendable {
    protected LoopConsumer(Endpoint endpoint, Processor processor) {
        super(endpoint, processor);
    }

    /** Starts the loops. */
    protected abstract void begin();

    /**
     * Ends the loops, each after what it has at hand; they have ended when this returns. Nothing happens when none turns.
     *
     * @throws InterruptedException when the wait for them was given up
     */
    protected abstract void end() throws InterruptedException;

    @Override
    protected final void doStart() throws Exception {
        super.doStart();
        begin();
    }

    @Override
    protected final void doStop() throws Exception {
        end();
        super.doStop();
    }

    @Override
    protected final void doSuspend() throws Exception {
        end();
    }

    @Override
    protected final void doResume() {
        begin();
    }
}
