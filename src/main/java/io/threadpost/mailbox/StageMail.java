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
import io.threadpost.mail.Arrival;
import io.threadpost.mail.Mails;
import io.threadpost.mail.Mails.Staged;

/** The step {@code stageMail}: puts a mail down, into {@code spool:mail}, and under its UID, in one transaction. */
@Singleton
@Unremovable
@Named("stageMail")
final class StageMail implements Processor {
    private static final Logger LOG = Logger.getLogger(StageMail.class);

    private final Ledger ledger;
    private final Mails mails;
    private final Places places;

    StageMail(Ledger ledger, Mails mails, Places places) {
        this.ledger = ledger;
        this.mails = mails;
        this.places = places;
    }

    /** @throws IllegalStateException when the exchange does not come from a mailbox */
    @Override
    public void process(Exchange exchange) throws IOException {
        Offer offer = Offer.of(exchange);
        if (offer == null) {
            throw new IllegalStateException("stageMail needs a mail from mailbox:all");
        }
        FetchedMail mail = offer.mail();
        String mailbox = offer.mailbox().name();
        Instant received = mail.received() == null ? Instant.now() : mail.received();
        Arrival arrival = Arrival.of(mailbox, offer.mailbox().connection(), received, mail.raw());
        Staged staged = ledger.write(tx -> {
            Staged put = mails.stage(tx, arrival);
            places.staged(tx, mailbox, offer.era().id(), mail, offer.trace(), put.number(), put.fresh());
            return put;
        });
        offer.staged();
        mails.wake();
        LOG.debugf(
                "mailbox %s: UID %d is mail %d%s",
                mailbox, mail.uid(), staged.number(), staged.fresh() ? "" : ", which was there before");
    }
}
