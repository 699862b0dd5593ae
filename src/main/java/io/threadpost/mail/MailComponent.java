package io.threadpost.mail;

import java.time.Duration;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

import io.threadpost.mail.judge.JudgeOptions;

/**
 * The Camel component {@code mail:WHAT}, for a mail that {@link ReadMailProcessor} has read: {@code mail:judge} judges
 * it, {@code mail:subject} cleans its subject, {@code mail:park} parks it for a person.
 */
@ApplicationScoped
@Named("mail")
public class MailComponent extends DefaultComponent {
    @Inject
    MailRepository mailRepository;

    @Override
    protected Endpoint createEndpoint(String uri, String what, Map<String, Object> parameters) {
        return new MailEndpoint(uri, this, what, producers(what, parameters));
    }

    private MailEndpoint.Producers producers(String what, Map<String, Object> parameters) {
        switch (what) {
            case "judge" -> {
                String park = getAndRemoveParameter(parameters, "park", String.class);
                JudgeOptions options = JudgeOptions.of(
                        park,
                        text(parameters, "allow"),
                        text(parameters, "deny"),
                        text(parameters, "authserv"),
                        getAndRemoveParameter(parameters, "authenticated", Boolean.class, false),
                        getAndRemoveParameter(parameters, "rate", Integer.class, 0),
                        getAndRemoveParameter(parameters, "per", Duration.class, Duration.ofHours(1)),
                        text(parameters, "lists"),
                        text(parameters, "absence"));
                return endpoint -> new JudgeProducer(endpoint, options, mailRepository);
            }
            case "subject" -> {
                String prefixes = getAndRemoveParameter(parameters, "prefixes", String.class, "one");
                String empty = getAndRemoveParameter(parameters, "empty", String.class, "(no subject)");
                SubjectProducer.Options options = SubjectProducer.Options.of(
                        prefixes,
                        text(parameters, "tags"),
                        getAndRemoveParameter(parameters, "max", Integer.class, 200),
                        empty.isBlank() ? "(no subject)" : empty.strip());
                return endpoint -> new SubjectProducer(endpoint, options);
            }
            case "park" -> {
                String reason = text(parameters, "reason");
                String why = text(parameters, "why");
                return endpoint -> new ParkProducer(endpoint, mailRepository, reason, why);
            }
            default ->
                throw new IllegalArgumentException("mail:" + what + ": use mail:judge, mail:subject or mail:park");
        }
    }

    private String text(Map<String, Object> parameters, String option) {
        String value = getAndRemoveParameter(parameters, option, String.class);
        return value == null ? "" : value.strip();
    }
}
