package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.SandboxMessage;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.Installation;
import io.threadpost.testing.ModelImapServer;

/**
 * The real program is killed while one mail is between each two steps from its thread to its message: before and after
 * {@code addThread}, {@code stageMessages} and {@code settleMail}, and before and after {@code addMessage}.
 */
@Tag("nightly")
@Proves(Promise.EVERY_MAIL_IS_ONE_MESSAGE)
class MessageCrashIT {
    private static final List<String> ROUTES = List.of("mail-to-thread.camel.yaml", "add-messages.camel.yaml");
    private static final int MAILS = 6;

    @TempDir
    Path temporary;

    @Test
    void eachMailIsOneMessageOfItsThread() throws Exception {
        Path folder = temporary.resolve("installation");
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions().noLimit());
                ModelImapServer mailbox = new ModelImapServer();
                Installation installation = Installation.pulling(folder, platform, settings(mailbox.port()))) {
            Path mails = routes(folder).resolve(ROUTES.get(0));
            Path messages = routes(folder).resolve(ROUTES.get(1));
            // Items are in flight together, so that none waits behind one that is stopped.
            for (String route : ROUTES) {
                installation.edit(route, "parallel: 4", "parallel: 8");
            }
            stopBefore(installation, "addThread", "${body[subject]} == 'Mail 3'");
            stopBefore(installation, "stageMessages", "${body[subject]} == 'Mail 4'");
            stopBefore(installation, "settleMail", "${body[subject]} == 'Mail 5'");
            stopAfter(mails, 16, "${body[subject]} == 'Mail 6'");
            installation.edit(
                    ROUTES.get(1), process(8, "addMessage"), stop(8, "${body[mail]} == 1") + process(8, "addMessage"));
            stopAfter(messages, 8, "${body[mail]} == 2");
            // Spools hand out what they hold at once, so each route comes when all of its items are there.
            Files.move(mails, folder.resolve(ROUTES.get(0)));
            Files.move(messages, folder.resolve(ROUTES.get(1)));
            for (int number = 1; number <= MAILS; number++) {
                put(mailbox, number);
            }
            installation.start();
            installation.awaitUp();
            await("each mail is staged")
                    .until(() ->
                            installation.inLedger("SELECT COUNT(*) FROM mail").equals(String.valueOf(MAILS)));
            Files.move(folder.resolve(ROUTES.get(0)), mails);
            stopped(installation, 3, 4, 5, 6);
            Files.move(folder.resolve(ROUTES.get(1)), messages);
            stopped(installation, 1, 2);
            installation.kill();

            for (String route : ROUTES) {
                Files.copy(
                        Path.of("routes", route), routes(folder).resolve(route), StandardCopyOption.REPLACE_EXISTING);
            }
            installation.start();
            await("each mail is in Done").until(() -> mailbox.mails("Done").size() == MAILS);
            await("each text is added").until(() -> installation
                    .inLedger("SELECT COUNT(*) FROM message_add WHERE state = 'added'")
                    .equals(String.valueOf(MAILS)));
            assertThat(installation.stop()).isIn(0, 143);

            assertThat(platform.subjects())
                    .containsExactlyInAnyOrder("Mail 1", "Mail 2", "Mail 3", "Mail 4", "Mail 5", "Mail 6");
            assertThat(platform.conversations().threadIds()).hasSize(MAILS).allSatisfy(thread -> assertThat(
                            platform.conversations().messages(thread))
                    .hasSize(1));
            assertThat(platform.conversations().threadIds().stream()
                            .flatMap(thread -> platform.conversations().messages(thread).stream())
                            .map(SandboxMessage::text))
                    .containsExactlyInAnyOrder("Text 1", "Text 2", "Text 3", "Text 4", "Text 5", "Text 6");
        }
    }

    private static Path routes(Path folder) {
        return folder.resolve("routes");
    }

    private static void stopped(Installation installation, int... mails) {
        await("these mails are at their points").until(() -> {
            String said = installation.said();
            return IntStream.of(mails).allMatch(number -> said.contains("stopped at " + number + "!"));
        });
    }

    private static void stopBefore(Installation installation, String step, String condition) throws Exception {
        installation.edit(ROUTES.get(0), process(16, step), stop(16, condition) + process(16, step));
    }

    private static void stopAfter(Path route, int indent, String condition) throws Exception {
        Files.writeString(route, Files.readString(route) + stop(indent, condition));
    }

    private static String process(int indent, String step) {
        return " ".repeat(indent) + "- process:\n" + " ".repeat(indent) + "    ref: " + step + "\n";
    }

    /** A step that logs its mail, and waits to be killed. */
    private static String stop(int indent, String condition) {
        String number = condition.replaceAll("\\D", "");
        return ("- filter:\n    expression:\n      simple:\n        expression: " + condition
                        + "\n    steps:\n      - log:\n          message: \"stopped at " + number
                        + "!\"\n      - delay:\n          expression:\n            constant:\n"
                        + "              expression: \"600000\"\n")
                .replaceAll("(?m)^(?=.)", " ".repeat(indent));
    }

    private static void put(ModelImapServer mailbox, int number) {
        mailbox.put(
                "INBOX",
                "Message-ID: <" + number + "@guest.example>\r\nFrom: Guest <guest" + number
                        + "@guest.example>\r\nSubject: Mail " + number + "\r\n\r\nText " + number + "\r\n",
                Instant.now());
    }

    private static Map<String, String> settings(int port) {
        return Map.of(
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.port", String.valueOf(port),
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "hotel@hotel.example",
                "threadpost.mail.password", "secret-of-the-mailbox",
                "threadpost.mail.start", "everything",
                "threadpost.mail.poll", "1s");
    }
}
