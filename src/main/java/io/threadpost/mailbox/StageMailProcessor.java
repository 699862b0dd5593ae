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
import io.threadpost.mail.FetchedMail;
import io.threadpost.mail.MailRepository;
import io.threadpost.mail.MailRepository.Staged;

/** The step {@code stageMail}: stages a mail, its item in {@code spool:mail} and its UID in one transaction. */
@Singleton
@Unremovable
@Named("stageMail")
final class StageMailProcessor implements Processor {
    private static final Logger LOG = Logger.getLogger(StageMailProcessor.class);

    private final Ledger ledger;
    private final MailRepository mailRepository;
    private final MessageLocations locations;

    StageMailProcessor(Ledger ledger, MailRepository mailRepository, MessageLocations locations) {
        this.ledger = ledger;
        this.mailRepository = mailRepository;
        this.locations = locations;
    }

    /** @throws IllegalStateException when the exchange does not come from a mailbox */
    @Override
    public void process(Exchange exchange) throws IOException {
        StagingRequest stagingRequest = StagingRequest.of(exchange);
        if (stagingRequest == null) {
            throw new IllegalStateException("stageMail needs a mail from mailbox:all");
        }
        MessageSummary mail = stagingRequest.mail();
        String mailbox = stagingRequest.mailbox().name();
        Instant received = mail.received() == null ? Instant.now() : mail.received();
        FetchedMail fetchedMail =
                FetchedMail.of(mailbox, stagingRequest.mailbox().connection(), received, stagingRequest.raw());
        Staged staged = ledger.write(tx -> {
            Staged done = mailRepository.stage(tx, fetchedMail);
            locations.staged(tx, mailbox, stagingRequest.period().id(), mail, done.number(), done.fresh());
            return done;
        });
        stagingRequest.staged();
        mailRepository.wake();
        LOG.debugf(
                "mailbox %s: UID %d is mail %d%s",
                mailbox, mail.uid(), staged.number(), staged.fresh() ? "" : ", which was staged before");
    }
}
