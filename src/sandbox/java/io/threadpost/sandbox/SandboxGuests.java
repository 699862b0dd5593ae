package io.threadpost.sandbox;

import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Simulated guests, who send mails to the hotel from time to time. */
final class SandboxGuests implements AutoCloseable {
    /** Where they write to, and the user that reads it by IMAP. */
    static final String HOTEL = "front-desk@hotel.example";
    /** What that user logs in with. */
    static final String PASSWORD = "password-of-the-front-desk";

    private static final int FIRST_SECONDS = 8;
    private static final int EACH_SECONDS = 15;
    private static final List<String[]> MAILS = List.of(
            new String[] {"Anna Nov\u00e1kov\u00e1 <anna@guest.example>", "Late arrival on Friday", "We land at 23:10."
            },
            new String[] {"James Lee <james.lee@guest.example>", "Parking", "Is there a space for a van?"},
            new String[] {"Marta Rossi <marta@guest.example>", "Re: Your stay", "Thank you, we take the quiet room."},
            new String[] {"oliver@guest.example", "Invoice", "Please send it to my company."});

    private final SandboxMail mail;
    private final AtomicInteger written = new AtomicInteger();
    private final ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sandbox-guests");
        thread.setDaemon(true);
        return thread;
    });

    SandboxGuests(SandboxMail mail) {
        this.mail = mail;
        mail.mailbox(HOTEL, PASSWORD);
        life.scheduleWithFixedDelay(this::write, FIRST_SECONDS, EACH_SECONDS, TimeUnit.SECONDS);
    }

    private void write() {
        int number = written.getAndIncrement();
        String[] next = MAILS.get(number % MAILS.size());
        mail.write(next[0], HOTEL, next[1] + " (" + (number + 1) + ")", next[2]);
    }

    /** One line for people. */
    String line() {
        return written.get() + " mails from guests to " + HOTEL + ", each becomes a thread";
    }

    @Override
    public void close() {
        life.shutdownNow();
    }
}
