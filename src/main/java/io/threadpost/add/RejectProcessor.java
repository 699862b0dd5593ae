package io.threadpost.add;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.spool.RejectedItemException;

/** The step {@code reject}: makes an item dead at once, with the reason in the header {@code ThreadpostRefused}. */
@Singleton
@Unremovable
@Named("reject")
public final class RejectProcessor implements Processor {
    @Override
    public void process(Exchange exchange) {
        String reason = exchange.getMessage().getHeader(AddConstants.REFUSED, String.class);
        throw new RejectedItemException(reason == null ? "rejected by the route" : reason);
    }
}
