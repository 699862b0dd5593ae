package io.threadpost.sandbox;

import java.util.Map;

import io.quarkus.runtime.annotations.QuarkusMain;

import io.threadpost.ThreadpostMain;

/**
 * What {@code mvn quarkus:dev} starts: the sandbox platform and a broker on free ports, and Threadpost pointed at them by system properties. An
 * address given on the command line is taken instead.
 */
@QuarkusMain(name = "sandbox")
public final class SandboxDev {
    private static final String ADDRESS = "threadpost.connector.address";

    private static final String QUEUE = "threads";

    private SandboxDev() {}

    public static void main(String... arguments) {
        String given = System.getProperty(ADDRESS);
        if (given != null) {
            ThreadpostMain.main(arguments);
            return;
        }
        try (SandboxPlatform platform = SandboxPlatform.start(
                        new SandboxOptions().threads(500).growth(1, 0.5).seed(System.currentTimeMillis()));
                SandboxBroker broker = SandboxBroker.start(null, null)) {
            platform.show("queue " + QUEUE, () -> broker.arrived(QUEUE) + " messages arrived at " + broker.url());
            Map<String, String> settings = Map.of(
                    ADDRESS,
                    platform.address().toString(),
                    "threadpost.connector.client-token",
                    SandboxOptions.CLIENT_TOKEN,
                    "threadpost.connections.main.access-token",
                    SandboxOptions.ACCESS_TOKEN,
                    "threadpost.pull.period",
                    "5s",
                    "threadpost.queue.url",
                    broker.url(),
                    "threadpost.queue.destination",
                    QUEUE);
            settings.forEach(System::setProperty);
            System.out.println("Sandbox platform: " + platform.address()
                    + " (open it in a browser to see its requests, and what arrived)");
            System.out.println("Group bookings arrive on the queue `" + QUEUE + "` of the broker at " + broker.url());
            System.out.println("Thread files arrive below out/threads, the ledger is state/ledger.db");
            try {
                ThreadpostMain.main(arguments);
            } finally {
                // Dev mode starts again in the same process, on another port.
                settings.keySet().forEach(System::clearProperty);
            }
        }
    }
}
