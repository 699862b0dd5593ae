package io.threadpost.mail;

import java.time.Duration;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;

import io.threadpost.ledger.Ledger;

/**
 * The Camel component {@code mail:WHAT}, for a mail that {@link ReadMail} has read: {@code mail:judge} says whether a
 * person wrote it, {@code mail:subject} cleans its subject, {@code mail:park} lets it wait for a person.
 */
@ApplicationScoped
@Named("mail")
public class MailComponent extends DefaultComponent {
    @Inject
    MailRepository mailRepository;

    @Inject
    MailReadings mailReadings;

    @Inject
    Ledger ledger;

    /** Makes the producer of an endpoint. */
    @FunctionalInterface
    interface Work {
        Producer producer(Endpoint endpoint);
    }

    @Override
    protected Endpoint createEndpoint(String uri, String what, Map<String, Object> parameters) {
        return new MailEndpoint(uri, this, what, work(what, parameters));
    }

    private Work work(String what, Map<String, Object> parameters) {
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
                return endpoint -> new JudgeProducer(endpoint, options, mailReadings, ledger);
            }
            case "subject" -> {
                String prefixes = getAndRemoveParameter(parameters, "prefixes", String.class, "one");
                String empty = getAndRemoveParameter(parameters, "empty", String.class, "(no subject)");
                SubjectOptions options = SubjectOptions.of(
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
                throw new IllegalArgumentException(
                        "mail:" + what + ": there are mail:judge, mail:subject and mail:park");
        }
    }

    private String text(Map<String, Object> parameters, String option) {
        String value = getAndRemoveParameter(parameters, option, String.class);
        return value == null ? "" : value.strip();
    }
}
