package io.threadpost.sandbox;

import java.util.Map;

import io.quarkus.runtime.annotations.QuarkusMain;

import io.threadpost.ThreadpostMain;

/**
 * What {@code mvn quarkus:dev} starts: the sandbox platform on a free port, and Threadpost pointed at it by system properties. An
 * address given on the command line is taken instead.
 */
@QuarkusMain(name = "sandbox")
public final class SandboxDev {
    private static final String ADDRESS = "threadpost.connector.address";

    private SandboxDev() {}

    public static void main(String... arguments) {
        String given = System.getProperty(ADDRESS);
        if (given != null) {
            ThreadpostMain.main(arguments);
            return;
        }
        try (SandboxPlatform platform = SandboxPlatform.start(
                new SandboxOptions().threads(500).growth(1, 0.5).seed(System.currentTimeMillis()))) {
            Map<String, String> settings = Map.of(
                    ADDRESS,
                    platform.address().toString(),
                    "threadpost.connector.client-token",
                    SandboxOptions.CLIENT_TOKEN,
                    "threadpost.connections.main.access-token",
                    SandboxOptions.ACCESS_TOKEN,
                    "threadpost.pull.period",
                    "5s");
            settings.forEach(System::setProperty);
            System.out.println(
                    "Sandbox platform: " + platform.address() + " (open it in a browser to see its requests)");
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
