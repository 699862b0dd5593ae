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
 * {@code to: mail:judge}. Adds the verdict on the mail to the body. A mail that a person released passes whatever was
 * found, and so does one that has passed before: its thread may exist already.
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
        Verdict verdict =
                judge.verdict(content, sender -> mailRepository.mailsBefore(mail.record(), sender, options.per()));
        InboundMail judged = new InboundMail(mail.record(), content, verdict);
        exchange.setProperty(MailConstants.MAIL, judged);
        if (content != mail.content()) {
            mailRepository.read(judged);
            body.putAll(content.senderAsMap());
        }
        body.putAll(passingOr(verdict, mail.record()).asMap());
    }

    private Verdict passingOr(Verdict verdict, MailRecord mailRecord) {
        if (mailRecord.releases() > 0) {
            return Verdict.passing("a person released it");
        }
        if (mailRepository.passed(mailRecord.number())) {
            return Verdict.passing("it was judged before, and passed");
        }
        mailRepository.judged(mailRecord.number(), verdict);
        return verdict;
    }
}
