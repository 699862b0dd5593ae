package io.threadpost.mail;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.SpoolConstants;

/**
 * The step {@code readMail}: the number of a mail becomes what it says. A mail that is a thread already, or waits for a
 * person, ends its route here: it came again after a crash.
 */
@Singleton
@Unremovable
@Named("readMail")
final class ReadMail implements Processor {
    /** The exchange property with the mail as it was read. */
    static final String MAIL = "ThreadpostMail";

    private static final int BUFFER = 1 << 16;

    private final MailRepository mailRepository;
    private final MailReadings mailReadings;

    ReadMail(MailRepository mailRepository, MailReadings mailReadings) {
        this.mailRepository = mailRepository;
        this.mailReadings = mailReadings;
    }

    /** @throws RejectedItemException when the body is no number of a mail */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Long number = message.getBody(Long.class);
        MailRecord record = number == null ? null : mailRepository.find(number).orElse(null);
        if (record == null) {
            throw new RejectedItemException("readMail needs the number of a mail, as it lies in spool:mail");
        }
        if (record.state() != MailRecord.State.WAITING && record.state() != MailRecord.State.FAILED) {
            exchange.setRouteStop(true);
            return;
        }
        InboundMail mail = read(record);
        mailReadings.keep(mail);
        exchange.setProperty(MAIL, mail);
        message.setBody(mail.asMap());
        message.setHeader(SpoolConstants.KEY, record.key());
        message.setHeader(SpoolConstants.CONNECTION, record.connection());
    }

    private InboundMail read(MailRecord record) {
        try (InputStream raw = new BufferedInputStream(mailRepository.raw(record.number()), BUFFER)) {
            return MailReader.read(record, raw);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws IllegalStateException when no mail was read in this exchange */
    static InboundMail of(Exchange exchange, String step) {
        InboundMail mail = exchange.getProperty(MAIL, InboundMail.class);
        if (mail == null) {
            throw new IllegalStateException(step + " needs a mail: put the step readMail before it");
        }
        return mail;
    }
}
