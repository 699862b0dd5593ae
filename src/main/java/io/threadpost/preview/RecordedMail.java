package io.threadpost.preview;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.mail.mime.MimeMail;
import io.threadpost.mail.mime.MimeReader;
import io.threadpost.smtp.OutgoingMail;

/** Stands in for the step {@code sendMail}: records the mail as a mail program shows it. */
final class RecordedMail implements Processor {
    /** Those that say how mail programs and servers treat the mail. */
    private static final List<String> HEADERS =
            List.of("Reply-To", "In-Reply-To", "References", "Content-Language", "Auto-Submitted", "Precedence");

    private final EffectRecorder recorder;

    RecordedMail(EffectRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public void process(Exchange exchange) {
        OutgoingMail.Envelope mail = OutgoingMail.Envelope.of(exchange.getMessage());
        recorder.effect("mail", fields(mail.bytes(), mail.recipient()));
    }

    /** @return what an example compares of a mail, as a mail program shows it */
    static Map<String, Object> fields(byte[] raw, String recipients) {
        MimeMail mail = MimeReader.read(new ByteArrayInputStream(raw), Instant.EPOCH);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("from", mail.fromText());
        fields.put("to", recipients);
        fields.put("subject", mail.subject());
        fields.put("headers", headers(mail));
        fields.put(
                "contentType",
                mail.header("content-type").replaceFirst(";.*", "").strip());
        fields.put("text", mail.text());
        return fields;
    }

    /** @return those of a mail as it is sent */
    static Map<String, Object> headers(MimeMail mail) {
        Map<String, Object> headers = new LinkedHashMap<>();
        for (String name : HEADERS) {
            String value = mail.headers().get(name.toLowerCase(Locale.ROOT));
            if (value != null) {
                headers.put(name, value.replaceAll("\\s+", " "));
            }
        }
        return headers;
    }
}
