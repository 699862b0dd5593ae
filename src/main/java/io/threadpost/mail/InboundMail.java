package io.threadpost.mail;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;

import io.threadpost.mail.mime.MimeMail;

/**
 * A staged mail in its route, as {@link ReadMailProcessor} has read it. Before it is staged, it is an
 * {@link IncomingMail}.
 *
 * @param record what the ledger knows about it
 * @param content what was read in it
 */
record InboundMail(MailRecord record, MimeMail content) {
    /** @throws IllegalStateException when no mail was read in this exchange */
    static InboundMail of(Exchange exchange, String step) {
        InboundMail mail = exchange.getProperty(MailConstants.MAIL, InboundMail.class);
        if (mail == null) {
            throw new IllegalStateException(step + " needs a mail: put the step readMail before it");
        }
        return mail;
    }

    /**
     * @return the body of the exchange: texts, numbers, lists and maps that JSON can hold, and that a route may change
     */
    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("number", record.number());
        map.put("mailbox", record.mailbox());
        map.put("connection", record.connection());
        map.put("received", record.received().toString());
        map.put("bytes", record.bytes());
        map.put("released", record.releases() > 0);
        map.putAll(content.asMap());
        return map;
    }
}
