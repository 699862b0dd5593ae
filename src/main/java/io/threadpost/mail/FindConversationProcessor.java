package io.threadpost.mail;

import java.util.Map;
import java.util.Optional;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.add.AddConstants;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * The step {@code findConversation}: a mail that continues a conversation goes to the same thread. It follows
 * {@code mail:judge}. It sets the exchange property {@code ThreadpostContinues} and the field {@code thread}; the field
 * {@code answers}, a line about a thread that the mail answers and does not continue; and the field {@code bounced},
 * what the hotel reads when a reply could not be delivered. It does nothing when {@code threadpost.mail.text} is off,
 * since a mail without its text would vanish in the thread.
 */
@Singleton
@Unremovable
@Named("findConversation")
final class FindConversationProcessor implements Processor {
    private final ConversationFinder finder;
    private final BounceReader bounceReader;
    private final boolean on;

    FindConversationProcessor(ConversationFinder finder, BounceReader bounceReader, Settings settings) {
        this.finder = finder;
        this.bounceReader = bounceReader;
        this.on = settings.get(SettingsCatalogue.MAIL_TEXT);
    }

    /** @throws io.threadpost.spool.PostponedException when another mail of the conversation comes first */
    @Override
    @SuppressWarnings("unchecked")
    public void process(Exchange exchange) {
        InboundMail mail = InboundMail.of(exchange, "findConversation");
        exchange.removeProperty(AddConstants.CONTINUES);
        Map<String, Object> body = exchange.getMessage().getBody(Map.class);
        if (!on) {
            return;
        }
        decision(mail, body).ifPresent(decision -> {
            exchange.setProperty(AddConstants.CONTINUES, decision.thread());
            put(body, "thread", decision.thread());
            put(body, "answers", decision.answers());
            put(body, "bounced", decision.bounced());
        });
    }

    private Optional<ConversationDecision> decision(InboundMail mail, Map<String, Object> body) {
        if (!Boolean.FALSE.equals(body.get("person"))) {
            return Optional.of(finder.decide(mail));
        }
        return "bounce".equals(body.get("reason")) ? bounceReader.decide(mail) : Optional.empty();
    }

    private static void put(Map<String, Object> body, String field, String value) {
        if (value != null) {
            body.put(field, value);
        }
    }
}
