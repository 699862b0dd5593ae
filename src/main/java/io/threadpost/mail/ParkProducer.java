package io.threadpost.mail;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code to: mail:park}. The mail waits for a person: for the route's own reason, or for what the judge found. */
final class ParkProducer extends DefaultProducer {
    private final MailRepository mailRepository;
    private final String reason;
    private final String why;

    /**
     * @param reason a short word; empty for the judge's
     * @param why one line for people; empty for the judge's
     */
    ParkProducer(Endpoint endpoint, MailRepository mailRepository, String reason, String why) {
        super(endpoint);
        this.mailRepository = mailRepository;
        this.reason = reason;
        this.why = why;
    }

    @Override
    public void process(Exchange exchange) {
        InboundMail mail = ReadMail.of(exchange, "mail:park");
        Map<?, ?> verdict = exchange.getMessage().getBody() instanceof Map<?, ?> body ? body : Map.of();
        String word = reason.isEmpty() ? said(verdict, "reason", "rule") : reason;
        String words = said(verdict, "why", "the route parks it");
        mailRepository.park(
                mail.record(), word, why.isEmpty() ? (reason.isEmpty() ? words : "the route parks it") : why);
    }

    private static String said(Map<?, ?> body, String field, String otherwise) {
        return body.get(field) instanceof String text && !text.isBlank() ? text : otherwise;
    }
}
