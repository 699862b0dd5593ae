package io.threadpost.testing;

import java.util.Map;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;

/** A mail server for a {@code @QuarkusTest}, to which digests go. A field of type {@link MailServer} gets it. */
public final class MailServerResource implements QuarkusTestResourceLifecycleManager {
    private MailServer server;

    @Override
    public Map<String, String> start() {
        server = MailServer.started();
        return Map.of(
                "threadpost.smtp.host", "127.0.0.1",
                "threadpost.smtp.port", String.valueOf(server.port()),
                "threadpost.smtp.tls", "none",
                "threadpost.digest.from", "Hotel <digest@hotel.example>",
                "threadpost.digest.to", "reception@hotel.example");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(MailServer.class));
    }

    @Override
    public void stop() {
        server.close();
    }
}
