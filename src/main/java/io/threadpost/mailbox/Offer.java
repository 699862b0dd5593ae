package io.threadpost.mailbox;

import org.apache.camel.Exchange;

import io.threadpost.settings.MailboxSettings;

/** A mail on its way through {@code receive-mail}, until {@code stageMail} has put it down. */
final class Offer {
    /** The exchange property that holds it. */
    static final String PROPERTY = "ThreadpostOffer";

    private final MailboxSettings mailbox;
    private final Era era;
    private final FetchedMail mail;
    private final Trace trace;
    private volatile boolean staged;

    Offer(MailboxSettings mailbox, Era era, FetchedMail mail, Trace trace) {
        this.mailbox = mailbox;
        this.era = era;
        this.mail = mail;
        this.trace = trace;
    }

    /** @return null when the exchange does not come from a mailbox */
    static Offer of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, Offer.class);
    }

    MailboxSettings mailbox() {
        return mailbox;
    }

    Era era() {
        return era;
    }

    FetchedMail mail() {
        return mail;
    }

    Trace trace() {
        return trace;
    }

    void staged() {
        staged = true;
    }

    boolean isStaged() {
        return staged;
    }
}
