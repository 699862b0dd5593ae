package io.threadpost.mailbox;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code mailbox:all}: consumes every incoming mail of a mailbox, again and again until it is
 * staged.
 */
@ApplicationScoped
@Named("mailbox")
@Component("mailbox")
public class MailboxComponent extends DefaultComponent {
    private final MailboxWatchers mailboxWatchers;

    MailboxComponent(MailboxWatchers mailboxWatchers) {
        this.mailboxWatchers = mailboxWatchers;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        if (!name.equals("all")) {
            throw new IllegalArgumentException(uri + ": the only endpoint is mailbox:all");
        }
        return new MailboxEndpoint(uri, this, name, mailboxWatchers);
    }
}
