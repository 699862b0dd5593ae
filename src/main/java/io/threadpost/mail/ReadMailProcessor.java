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

import io.threadpost.add.AddConstants;
import io.threadpost.mail.mime.MimeReader;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.SpoolConstants;

/**
 * The step {@code readMail}: replaces the number of a mail by its content. The route ends here for a mail that is a
 * thread already, or waits for a person: its item came again after a crash.
 */
@Singleton
@Unremovable
@Named("readMail")
final class ReadMailProcessor implements Processor {

    private static final int BUFFER = 1 << 16;

    private final MailRepository mailRepository;

    ReadMailProcessor(MailRepository mailRepository) {
        this.mailRepository = mailRepository;
    }

    /** @throws RejectedItemException when the body is not a mail's number */
    @Override
    public void process(Exchange exchange) {
        Message message = exchange.getMessage();
        Long number = message.getBody(Long.class);
        MailRecord record = number == null ? null : mailRepository.find(number).orElse(null);
        if (record == null) {
            throw new RejectedItemException("readMail needs the number of a mail, the body of items in spool:mail");
        }
        if (record.state() != MailRecord.State.WAITING && record.state() != MailRecord.State.FAILED) {
            exchange.setRouteStop(true);
            return;
        }
        InboundMail mail = read(record);
        mailRepository.read(mail);
        exchange.setProperty(MailConstants.MAIL, mail);
        MailRepository.ReleaseTexts texts = mailRepository.releaseTexts(record.number());
        exchange.setProperty(AddConstants.RELEASE_SENDER, texts.sender());
        exchange.setProperty(AddConstants.RELEASE_SUBJECT, texts.subject());
        message.setBody(mail.asMap());
        message.setHeader(SpoolConstants.KEY, record.key());
        message.setHeader(SpoolConstants.CONNECTION, record.connection());
    }

    private InboundMail read(MailRecord record) {
        try (InputStream raw = new BufferedInputStream(mailRepository.raw(record.number()), BUFFER)) {
            return new InboundMail(record, MimeReader.read(raw, record.received()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
