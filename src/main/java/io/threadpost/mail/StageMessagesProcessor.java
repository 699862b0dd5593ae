package io.threadpost.mail;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.add.AddConstants;
import io.threadpost.add.MessageAddLedger;
import io.threadpost.conversation.SigningKey;
import io.threadpost.mail.message.MessageTexts;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * The step {@code stageMessages}: stages the text of a mail in {@code spool:messages}, as messages of the thread that
 * the header {@code ThreadpostThread} names. It does nothing for a mail that became no thread, nor when
 * {@code threadpost.mail.text} is off. It comes before {@code settleMail}: a process that is killed between the two
 * repeats both.
 */
@Singleton
@Unremovable
@Named("stageMessages")
final class StageMessagesProcessor implements Processor {
    private final MessageAddLedger messageStaging;
    private final MessageTexts messageTexts;
    private final MailRepository mailRepository;
    private final SigningKey key;
    private final boolean on;

    StageMessagesProcessor(
            MessageAddLedger messageStaging,
            MessageTexts messageTexts,
            MailRepository mailRepository,
            SigningKey key,
            Settings settings) {
        this.messageStaging = messageStaging;
        this.messageTexts = messageTexts;
        this.mailRepository = mailRepository;
        this.key = key;
        this.on = settings.get(SettingsCatalogue.MAIL_TEXT);
    }

    @Override
    public void process(Exchange exchange) {
        InboundMail mail = InboundMail.of(exchange, "stageMessages");
        Message message = exchange.getMessage();
        String thread = message.getHeader(AddConstants.THREAD, String.class);
        if (on && thread != null) {
            MailRecord mailRecord = mail.record();
            Map<?, ?> body = message.getBody() instanceof Map<?, ?> map ? map : Map.of();
            String bounced = text(body, "bounced", "");
            String text = text(body, "text", mail.content().text());
            if (bounced.isBlank()) {
                recordWords(mail, text, thread);
            }
            List<String> texts = bounced.isBlank()
                    ? messageTexts.of(mail.content(), text, text(body, "answers", ""), mailRecord.number())
                    : List.of(bounced);
            messageStaging.stage(mailRecord.number(), mailRecord.connection(), mailRecord.key(), thread, texts);
        }
    }

    /** What replies look at, to recognise a program that answers them. */
    private void recordWords(InboundMail mail, String text, String thread) {
        long number = mail.record().number();
        List<String> own = MessageTexts.own(mail.content(), text);
        Set<String> before = mailRepository
                .textBefore(number, thread)
                .lines()
                .map(String::strip)
                .collect(Collectors.toSet());
        String words = String.join(" ", own);
        // A person who writes about another date says something else.
        boolean byPerson = MessageTexts.byPerson(mail.content(), text);
        mailRepository.words(
                number,
                byPerson ? key.fingerprint(words) : key.templateFingerprint(words),
                letters(own.stream()),
                letters(own.stream().filter(line -> !before.contains(line))),
                byPerson);
    }

    private static long letters(Stream<String> lines) {
        return lines.flatMapToInt(String::codePoints)
                .filter(Character::isLetterOrDigit)
                .count();
    }

    private static String text(Map<?, ?> body, String field, String otherwise) {
        return body.get(field) instanceof String text ? text : otherwise;
    }
}
