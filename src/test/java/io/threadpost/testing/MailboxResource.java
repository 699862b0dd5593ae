package io.threadpost.testing;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/**
 * A mailbox for a {@code @QuarkusTest}, whose mails become threads. A field of type {@link ModelImapServer} gets its
 * server.
 */
public final class MailboxResource implements QuarkusTestResourceLifecycleManager {
    private ModelImapServer server;

    @Override
    public Map<String, String> start() {
        server = new ModelImapServer();
        server.password("s3cret-of-the-mailbox");
        return Map.of(
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.port", String.valueOf(server.port()),
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "reception",
                "threadpost.mail.password", "s3cret-of-the-mailbox",
                "threadpost.mail.poll", "1s");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(ModelImapServer.class));
    }

    @Override
    public void stop() {
        server.close();
    }
}
