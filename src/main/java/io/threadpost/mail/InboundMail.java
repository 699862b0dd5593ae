package io.threadpost.mail;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;

import io.threadpost.mail.judge.Authenticity;
import io.threadpost.mail.judge.JudgeOptions;
import io.threadpost.mail.judge.MailJudge;
import io.threadpost.mail.judge.Verdict;
import io.threadpost.mail.mime.MimeMail;

/**
 * A staged mail in its route, as {@link ReadMailProcessor} has read it. Before it is staged, it is an
 * {@link FetchedMail}.
 *
 * @param record what the ledger knows about it
 * @param content what was read in it
 * @param verdict on what was read, even if a person or an earlier verdict lets the mail pass; null before it was judged
 */
record InboundMail(MailRecord record, MimeMail content, Verdict verdict) {
    /** A mail that is not judged yet. */
    InboundMail(MailRecord record, MimeMail content) {
        this(record, content, null);
    }

    /** @throws IllegalStateException when no mail was read in this exchange */
    static InboundMail of(Exchange exchange, String step) {
        InboundMail mail = exchange.getProperty(MailConstants.MAIL, InboundMail.class);
        if (mail == null) {
            throw new IllegalStateException(step + " needs a mail: put the step readMail before it");
        }
        return mail;
    }

    /** @return why no reply goes to its sender by mail, one line for people; null when one does */
    String unanswerable() {
        return judged().unanswerable().isEmpty() ? null : judged().unanswerable();
    }

    Authenticity authenticity() {
        return judged().authenticity();
    }

    /** @return the verdict of the route, or of the default rules where the route has no {@code mail:judge} */
    private Verdict judged() {
        return verdict != null ? verdict : new MailJudge(JudgeOptions.usual()).verdict(content, sender -> 0);
    }

    /** @return the canonical address of its author; empty without one */
    String author() {
        return content.from().get(0).canonical();
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
