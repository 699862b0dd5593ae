package io.threadpost.mailbox;

import java.io.IOException;
import java.time.Instant;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.mail.IncomingMail;
import io.threadpost.mail.MailRepository;
import io.threadpost.mail.MailRepository.Staged;

/** The step {@code stageMail}: puts a mail down, into {@code spool:mail}, and under its UID, in one transaction. */
@Singleton
@Unremovable
@Named("stageMail")
final class StageMail implements Processor {
    private static final Logger LOG = Logger.getLogger(StageMail.class);

    private final Ledger ledger;
    private final MailRepository mailRepository;
    private final MessageLocations messageLocations;

    StageMail(Ledger ledger, MailRepository mailRepository, MessageLocations messageLocations) {
        this.ledger = ledger;
        this.mailRepository = mailRepository;
        this.messageLocations = messageLocations;
    }

    /** @throws IllegalStateException when the exchange does not come from a mailbox */
    @Override
    public void process(Exchange exchange) throws IOException {
        StagingRequest stagingRequest = StagingRequest.of(exchange);
        if (stagingRequest == null) {
            throw new IllegalStateException("stageMail needs a mail from mailbox:all");
        }
        FetchedMail mail = stagingRequest.mail();
        String mailbox = stagingRequest.mailbox().name();
        Instant received = mail.received() == null ? Instant.now() : mail.received();
        IncomingMail incomingMail =
                IncomingMail.of(mailbox, stagingRequest.mailbox().connection(), received, mail.raw());
        Staged staged = ledger.write(tx -> {
            Staged put = mailRepository.stage(tx, incomingMail);
            messageLocations.staged(
                    tx, mailbox, stagingRequest.era().id(), mail, stagingRequest.trace(), put.number(), put.fresh());
            return put;
        });
        stagingRequest.staged();
        mailRepository.wake();
        LOG.debugf(
                "mailbox %s: UID %d is mail %d%s",
                mailbox, mail.uid(), staged.number(), staged.fresh() ? "" : ", which was there before");
    }
}
