package io.threadpost.mail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.connector.MessageThread;
import io.threadpost.connector.ThreadPage;
import io.threadpost.conversation.Conversations;
import io.threadpost.json.RawJson;
import io.threadpost.ledger.Ledger;
import io.threadpost.spool.Spools;
import io.threadpost.testing.TestNode;

/** The classes of the package {@code mail} on a ledger, as one process has them. */
final class MailNode extends TestNode {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final Spools spools = get(Spools.class);
    final MailRepository mailRepository = get(MailRepository.class);
    final MailActions actions = get(MailActions.class);
    final MailStatus status = get(MailStatus.class);
    final MailMaintenance upkeep = get(MailMaintenance.class);
    final ParkedMailRetention parked = get(ParkedMailRetention.class);
    final Conversations conversations = get(Conversations.class);
    /** What the platform answers for a thread: open, unless it is here. */
    final Map<String, String> platform = new ConcurrentHashMap<>();

    private final Path folder;

    MailNode(Ledger ledger, Path folder, Map<String, String> more) throws Exception {
        super(
                ledger,
                Map.of(
                        "threadpost.spool.backoff", "20ms",
                        "threadpost.spool.backoff-max", "100ms",
                        "threadpost.mail.earlier-wait", "0s"),
                more);
        this.folder = folder;
        addAll("spool", "mail");
        camel.addRoutes(platform());
    }

    /** Stages a mail as the mailbox does. */
    MailRepository.Staged stage(byte[] raw) {
        return stage("main", raw, NOON);
    }

    MailRepository.Staged stage(String raw) {
        return stage(raw.getBytes(StandardCharsets.UTF_8));
    }

    MailRepository.Staged stage(String mailbox, byte[] raw, Instant received) {
        Path file = folder.resolve("mail-" + System.nanoTime());
        try {
            Files.write(file, raw);
            return stage(FetchedMail.of(mailbox, "hotel", received, file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    MailRepository.Staged stage(FetchedMail fetchedMail) {
        MailRepository.Staged staged = get(Ledger.class).write(tx -> mailRepository.stage(tx, fetchedMail));
        mailRepository.wake();
        return staged;
    }

    /** Runs a route file, with a stand-in for the call to the platform. */
    void run(String name, String yaml, Processor addThread) throws Exception {
        camel.getRegistry().bind("addThread", addThread);
        camel.start();
        load(ResourceHelper.fromString(name + ".camel.yaml", yaml));
    }

    /** The threads that are asked for. */
    private RouteBuilder platform() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:get-threads").routeId("get-threads").process(exchange -> {
                    List<?> ids =
                            (List<?>) exchange.getMessage().getBody(Map.class).get("MessageThreadIds");
                    String thread = (String) ids.get(0);
                    String state = platform.getOrDefault(thread, "open");
                    String json = "{\"Id\":\"" + thread + "\",\"IsResolved\":" + state.equals("resolved") + "}";
                    MessageThread found = new MessageThread(thread, null, new RawJson(json.getBytes()));
                    exchange.getMessage()
                            .setBody(new ThreadPage(
                                    state.equals("gone") ? List.of() : List.of(found), null, null, System.nanoTime()));
                });
            }
        };
    }

    void remove(String route) throws Exception {
        camel.getRouteController().stopRoute(route);
        camel.removeRoute(route);
    }
}
