package io.threadpost.mail;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code mail:WHAT}, for a mail that {@link ReadMailProcessor} has read: {@code mail:judge} judges
 * it, {@code mail:subject} cleans its subject, {@code mail:park} parks it for a person. Its options are those of
 * {@link MailEndpoint}.
 */
@ApplicationScoped
@Named("mail")
@Component("mail")
public class MailComponent extends DefaultComponent {
    private final MailRepository mailRepository;

    MailComponent(MailRepository mailRepository) {
        this.mailRepository = mailRepository;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String what, Map<String, Object> parameters) throws Exception {
        MailEndpoint endpoint = new MailEndpoint(uri, this, what, mailRepository);
        endpoint.checkOptions(parameters.keySet());
        setProperties(endpoint, parameters);
        endpoint.validate();
        return endpoint;
    }
}
