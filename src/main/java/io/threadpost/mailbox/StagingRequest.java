package io.threadpost.mailbox;

import java.nio.file.Path;

import org.apache.camel.Exchange;

import io.threadpost.mailbox.UidValidityPeriods.UidValidityPeriod;
import io.threadpost.settings.MailboxSettings;

/** A fetched mail in the route {@code receive-mail}, until {@code stageMail} has staged it. */
final class StagingRequest {
    private final MailboxSettings mailbox;
    private final UidValidityPeriod period;
    private final MessageSummary mail;
    private final Path raw;
    private volatile boolean staged;

    /** @param raw a file with the mail's bytes */
    StagingRequest(MailboxSettings mailbox, UidValidityPeriod period, MessageSummary mail, Path raw) {
        this.mailbox = mailbox;
        this.period = period;
        this.mail = mail;
        this.raw = raw;
    }

    /** @return null when the exchange does not come from a mailbox */
    static StagingRequest of(Exchange exchange) {
        return exchange.getProperty(MailboxConstants.OFFER, StagingRequest.class);
    }

    MailboxSettings mailbox() {
        return mailbox;
    }

    UidValidityPeriod period() {
        return period;
    }

    MessageSummary mail() {
        return mail;
    }

    Path raw() {
        return raw;
    }

    void staged() {
        staged = true;
    }

    boolean isStaged() {
        return staged;
    }
}
