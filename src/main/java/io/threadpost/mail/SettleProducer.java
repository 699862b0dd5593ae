package io.threadpost.mail;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.add.Adds;

/** The step {@code settleMail}: notes the thread that the mail became, or parks it when the platform refused it. */
@Singleton
@Unremovable
@Named("settleMail")
final class SettleProducer implements Processor {
    private final MailRepository mailRepository;

    SettleProducer(MailRepository mailRepository) {
        this.mailRepository = mailRepository;
    }

    @Override
    public void process(Exchange exchange) {
        MailRecord mailRecord = ReadMail.of(exchange, "settleMail").record();
        Message message = exchange.getMessage();
        String thread = message.getHeader(Adds.THREAD, String.class);
        String refused = message.getHeader(Adds.REFUSED, String.class);
        if (thread != null) {
            mailRepository.added(mailRecord.number(), thread);
        } else if (refused != null) {
            mailRepository.park(mailRecord, message.getHeader(Adds.REFUSAL, "refused", String.class), refused);
        } else {
            throw new IllegalStateException("settleMail has nothing to note: put the step addThread before it");
        }
    }
}
