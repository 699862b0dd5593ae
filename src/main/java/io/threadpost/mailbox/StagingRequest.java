package io.threadpost.mailbox;

import org.apache.camel.Exchange;

import io.threadpost.settings.MailboxSettings;

/** A mail on its way through {@code receive-mail}, until {@code stageMail} has put it down. */
final class StagingRequest {
    /** The exchange property that holds it. */
    static final String PROPERTY = "ThreadpostOffer";

    private final MailboxSettings mailbox;
    private final UidValidityPeriod uidValidityPeriod;
    private final FetchedMail mail;
    private final MessageTrace messageTrace;
    private volatile boolean staged;

    StagingRequest(
            MailboxSettings mailbox, UidValidityPeriod uidValidityPeriod, FetchedMail mail, MessageTrace messageTrace) {
        this.mailbox = mailbox;
        this.uidValidityPeriod = uidValidityPeriod;
        this.mail = mail;
        this.messageTrace = messageTrace;
    }

    /** @return null when the exchange does not come from a mailbox */
    static StagingRequest of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, StagingRequest.class);
    }

    MailboxSettings mailbox() {
        return mailbox;
    }

    UidValidityPeriod era() {
        return uidValidityPeriod;
    }

    FetchedMail mail() {
        return mail;
    }

    MessageTrace trace() {
        return messageTrace;
    }

    void staged() {
        staged = true;
    }

    boolean isStaged() {
        return staged;
    }
}
