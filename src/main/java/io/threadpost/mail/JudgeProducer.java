package io.threadpost.mail;

import java.util.Map;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultProducer;

import io.threadpost.mail.judge.JudgeOptions;
import io.threadpost.mail.judge.MailJudge;
import io.threadpost.mail.judge.Verdict;
import io.threadpost.mail.mime.MimeMail;

/**
 * {@code to: mail:judge}. Adds the verdict on the mail to the body. A mail that a person released is not judged, nor is
 * one that has passed before: its thread may exist already.
 */
final class JudgeProducer extends DefaultProducer {
    private final JudgeOptions options;
    private final MailJudge judge;
    private final MailRepository mailRepository;

    JudgeProducer(Endpoint endpoint, JudgeOptions options, MailRepository mailRepository) {
        super(endpoint);
        this.options = options;
        this.judge = new MailJudge(options);
        this.mailRepository = mailRepository;
    }

    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        InboundMail mail = InboundMail.of(exchange, "mail:judge");
        Map<String, Object> body = exchange.getMessage().getBody(Map.class);
        MimeMail content = judge.withAuthor(mail.content());
        if (content != mail.content()) {
            InboundMail authored = new InboundMail(mail.record(), content);
            mailRepository.read(authored);
            exchange.setProperty(MailConstants.MAIL, authored);
            body.putAll(content.senderAsMap());
        }
        body.putAll(verdict(mail.record(), content).asMap());
    }

    private Verdict verdict(MailRecord mailRecord, MimeMail content) {
        if (mailRecord.releases() > 0) {
            return Verdict.passing("a person released it");
        }
        if (mailRepository.passed(mailRecord.number())) {
            return Verdict.passing("it was judged before, and passed");
        }
        Verdict verdict =
                judge.verdict(content, sender -> mailRepository.mailsBefore(mailRecord, sender, options.per()));
        mailRepository.judged(mailRecord.number(), verdict);
        return verdict;
    }
}
