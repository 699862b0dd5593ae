package io.threadpost.pull;

import java.util.List;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Processor;

import io.threadpost.spool.SpoolConstants;

/**
 * The step {@code openThread}, first inside of the split: gives the thread its identity as headers, and an outbox of
 * its own, so that what it sends to spools counts only if it passes.
 */
@Singleton
@Unremovable
@Named("openThread")
final class OpenThreadProcessor implements Processor {
    @Override
    public void process(Exchange exchange) throws Exception {
        PulledPage page = WindowWalk.of(exchange).pulled();
        if (page.unroutable() != null) {
            throw page.unroutable();
        }
        List<ThreadRouting> routings = page.routings();
        ThreadRouting routing = routings.get(exchange.getProperty(ExchangePropertyKey.SPLIT_INDEX, Integer.class));
        exchange.setProperty(SpoolConstants.OUTBOX, routing.outbox());
        exchange.getMessage().setHeader(SpoolConstants.KEY, routing.key());
    }
}
