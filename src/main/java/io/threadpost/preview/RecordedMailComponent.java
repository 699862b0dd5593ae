package io.threadpost.preview;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.PollingConsumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.mail.DefaultJavaMailSender;
import org.apache.camel.component.mail.MailComponent;
import org.apache.camel.component.mail.MailEndpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;

/** Camel's {@code smtp:} with a sender that records: the mails are those that Camel makes. Nothing is received. */
@Component("imap,imaps,pop3,pop3s,smtp,smtps")
final class RecordedMailComponent extends MailComponent {
    private final EffectRecorder recorder;

    RecordedMailComponent(EffectRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        MailEndpoint real = (MailEndpoint) super.createEndpoint(uri, remaining, parameters);
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return real.createProducer(new Recorder());
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                return new DefaultConsumer(this, processor);
            }

            @Override
            public PollingConsumer createPollingConsumer() {
                return EffectComponent.nothing(this);
            }
        };
    }

    private final class Recorder extends DefaultJavaMailSender {
        @Override
        public void send(MimeMessage message) throws MessagingException {
            if (message.getSentDate() == null) {
                message.setSentDate(new java.util.Date());
            }
            message.saveChanges();
            Address[] recipients = message.getAllRecipients();
            List<String> addresses = recipients == null
                    ? List.of()
                    : Stream.of(recipients).map(Address::toString).toList();
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                message.writeTo(bytes);
            } catch (IOException e) {
                throw new MessagingException(e.getMessage(), e);
            }
            recorder.effect("mail", RecordedMail.fields(bytes.toByteArray(), String.join(", ", addresses)));
        }
    }
}
