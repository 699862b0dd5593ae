package io.threadpost.mail;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

/** {@code to: mail:park}. Parks the mail for a person, with the route's own reason or with the verdict's. */
final class ParkProducer extends DefaultProducer {
    private final MailRepository mailRepository;
    private final String reason;
    private final String why;

    /**
     * @param reason a short word; empty for the verdict's
     * @param why one line for people; empty for the verdict's
     */
    ParkProducer(Endpoint endpoint, MailRepository mailRepository, String reason, String why) {
        super(endpoint);
        this.mailRepository = mailRepository;
        this.reason = reason;
        this.why = why;
    }

    @Override
    public void process(Exchange exchange) {
        InboundMail mail = InboundMail.of(exchange, "mail:park");
        Map<?, ?> verdict = exchange.getMessage().getBody() instanceof Map<?, ?> body ? body : Map.of();
        String word = reason.isEmpty() ? text(verdict, "reason", "rule") : reason;
        String words = text(verdict, "why", "the route parks it");
        mailRepository.park(
                mail.record(), word, why.isEmpty() ? (reason.isEmpty() ? words : "the route parks it") : why);
    }

    private static String text(Map<?, ?> body, String field, String otherwise) {
        return body.get(field) instanceof String text && !text.isBlank() ? text : otherwise;
    }
}
