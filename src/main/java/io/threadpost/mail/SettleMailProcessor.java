package io.threadpost.mail;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.add.AddConstants;

/** The step {@code settleMail}: records the thread that the mail became, or parks it when the platform refused it. */
@Singleton
@Unremovable
@Named("settleMail")
final class SettleMailProcessor implements Processor {
    private final MailRepository mailRepository;

    SettleMailProcessor(MailRepository mailRepository) {
        this.mailRepository = mailRepository;
    }

    @Override
    public void process(Exchange exchange) {
        MailRecord mailRecord = InboundMail.of(exchange, "settleMail").record();
        Message message = exchange.getMessage();
        String thread = message.getHeader(AddConstants.THREAD, String.class);
        String refused = message.getHeader(AddConstants.REFUSED, String.class);
        if (thread != null) {
            mailRepository.added(mailRecord.number(), thread);
        } else if (refused != null) {
            mailRepository.park(mailRecord, message.getHeader(AddConstants.REFUSAL, "refused", String.class), refused);
        } else {
            throw new IllegalStateException("settleMail has no outcome to record: put the step addThread before it");
        }
    }
}
