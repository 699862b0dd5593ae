package io.threadpost.sandbox;

import java.time.Duration;
import java.util.Map;

import io.quarkus.runtime.annotations.QuarkusMain;

import io.threadpost.ThreadpostMain;

/**
 * What {@code mvn quarkus:dev} starts: the sandbox platform, a broker and a mail server on free ports, and Threadpost
 * pointed at them by system properties. An address given on the command line is taken instead.
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
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions()
                        .threads(500)
                        .growth(1, 0.5)
                        .seed(System.currentTimeMillis())
                        .messages(new MessageOptions().staffAnswersAfter(Duration.ofSeconds(6))));
                SandboxBroker broker = SandboxBroker.start(null, null);
                SandboxMail mail = SandboxMail.started();
                SandboxGuests guests = new SandboxGuests(mail)) {
            platform.show("queue " + QUEUE, () -> broker.arrived(QUEUE) + " messages arrived at " + broker.url());
            platform.show("mail", mail::line);
            platform.show("guests", guests::line);
            platform.showPage("/sandbox/mails", new SentMailPage(mail));
            Map<String, String> settings = Map.ofEntries(
                    Map.entry(ADDRESS, platform.address().toString()),
                    Map.entry("threadpost.connector.client-token", SandboxOptions.CLIENT_TOKEN),
                    Map.entry("threadpost.connections.main.access-token", SandboxOptions.ACCESS_TOKEN),
                    Map.entry("threadpost.pull.period", "5s"),
                    Map.entry("threadpost.queue.url", broker.url()),
                    Map.entry("threadpost.queue.destination", QUEUE),
                    Map.entry("threadpost.smtp.host", "127.0.0.1"),
                    Map.entry("threadpost.smtp.port", String.valueOf(mail.port())),
                    Map.entry("threadpost.smtp.tls", "none"),
                    Map.entry("threadpost.mail.host", "127.0.0.1"),
                    Map.entry("threadpost.mail.port", String.valueOf(mail.imapPort())),
                    Map.entry("threadpost.mail.tls", "none"),
                    Map.entry("threadpost.mail.username", SandboxGuests.HOTEL),
                    Map.entry("threadpost.mail.password", SandboxGuests.PASSWORD),
                    Map.entry("threadpost.mail.poll", "2s"),
                    // The sandbox has another mailbox at each start, and the ledger stays.
                    Map.entry("threadpost.mail.start", "everything"),
                    Map.entry("threadpost.replies.from", "Sandbox hotel <" + SandboxGuests.HOTEL + ">"),
                    Map.entry("threadpost.replies.reply-to", SandboxGuests.HOTEL.replace("@", "+{token}@")),
                    Map.entry("threadpost.replies.period", "5s"),
                    Map.entry("threadpost.digest.from", "Sandbox hotel <digest@hotel.example>"),
                    Map.entry("threadpost.digest.to", "reception@hotel.example"),
                    // Often, so that the first one is there within half a minute.
                    Map.entry("threadpost.digest.cron", "0/20 * * * * ?"));
            settings.forEach(System::setProperty);
            System.out.println("Operators' page: http://127.0.0.1:" + System.getProperty("quarkus.http.port", "8080"));
            System.out.println("Sandbox platform: " + platform.address()
                    + " (open it in a browser to see its requests, and what arrived)");
            System.out.println("Conversations of guests and staff: " + platform.address()
                    + "/sandbox/conversations, mails that arrived: " + platform.address() + "/sandbox/mails");
            System.out.println("Group bookings arrive on the queue `" + QUEUE + "` of the broker at " + broker.url());
            System.out.println(
                    "Digests arrive at the mail server on port " + mail.port() + ", and can be read by IMAP on port "
                            + mail.imapPort() + " (user and password: reception@hotel.example)");
            System.out.println("Guests write to " + SandboxGuests.HOTEL
                    + ", at the same mail server (user: the address, password: " + SandboxGuests.PASSWORD
                    + "), and answer what the hotel's staff reply");
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
