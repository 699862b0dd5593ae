package io.threadpost.sandbox;

import java.io.UncheckedIOException;
import java.util.List;

/** Runs a sandbox platform alone, until it is stopped. */
public final class SandboxMain {
    private SandboxMain() {}

    /** See {@code --help}; a wrong option is reported in one line, with exit code 1. */
    public static void main(String[] args) throws InterruptedException {
        SandboxArguments arguments = new SandboxArguments();
        if (List.of(args).contains("--help")) {
            System.out.print(arguments.help());
            return;
        }
        try {
            SandboxPlatform platform = SandboxPlatform.start(arguments.parse(List.of(args)));
            System.out.print(greeting(platform));
        } catch (IllegalArgumentException | UncheckedIOException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(1);
        }
        // The platform's threads are daemons, so that they never keep a test or dev mode from ending.
        Thread.currentThread().join();
    }

    private static String greeting(SandboxPlatform platform) {
        SandboxOptions options = platform.options();
        StringBuilder text = new StringBuilder("The sandbox platform listens on " + platform.address() + "\n");
        text.append("client token: ").append(options.clientToken()).append('\n');
        options.accessTokens().forEach((token, enterprises) -> text.append("access token: ")
                .append(token)
                .append(" for ")
                .append(enterprises)
                .append('\n'));
        text.append("Point Threadpost at it: threadpost.connector.address=")
                .append(platform.address())
                .append(" threadpost.connector.client-token=")
                .append(options.clientToken())
                .append(" threadpost.connections.main.access-token=")
                .append(options.accessTokens().keySet().iterator().next())
                .append('\n');
        return text.toString();
    }
}
