package io.threadpost.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/** Simulated guests, who send mails to the hotel from time to time, and answer its first reply to each of them once. */
final class SandboxGuests implements AutoCloseable {
    /** Where they write to, and the user that reads it by IMAP. */
    static final String HOTEL = "front-desk@hotel.example";
    /** What that user logs in with. */
    static final String PASSWORD = "password-of-the-front-desk";

    private static final DateTimeFormatter WRITTEN =
            DateTimeFormatter.ofPattern("EEE, MMM d, yyyy 'at' h:mm a", Locale.ENGLISH);
    private static final List<Guest> GUESTS = List.of(
            new Guest(
                    "Anna Nov\u00e1kov\u00e1 <anna@guest.example>",
                    "Late arrival on Friday",
                    "We land at 23:10.",
                    "Thank you for your quick answer. We come with two children."),
            new Guest(
                    "James Lee <james.lee@guest.example>",
                    "Parking",
                    "Is there a space for a van?",
                    "Thanks. It is 2.10 m high."),
            new Guest(
                    "Marta Rossi <marta@guest.example>",
                    "Re: Your stay",
                    "Thank you, we take the quiet room.",
                    "And a cot for the baby, please."),
            new Guest(
                    "oliver@guest.example",
                    "Invoice",
                    "Please send it to my company.",
                    "Our VAT number is CZ12345678."));

    private final SandboxMail mail;
    private final Duration answerDelay;
    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final Set<String> conversations = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService life = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sandbox-guests");
        thread.setDaemon(true);
        return thread;
    });

    private record Guest(String sender, String subject, String text, String answer) {
        String address() {
            return sender.substring(sender.indexOf('<') + 1).replace(">", "");
        }
    }

    /** Guests who write every 15 s, and answer after 6 s. */
    SandboxGuests(SandboxMail mail) {
        this(mail, Duration.ofSeconds(8), Duration.ofSeconds(15), Duration.ofSeconds(6));
    }

    SandboxGuests(SandboxMail mail, Duration first, Duration period, Duration answerDelay) {
        this.mail = mail;
        this.answerDelay = answerDelay;
        mail.mailbox(HOTEL, PASSWORD);
        mail.onArrival(this::arrived);
        life.scheduleWithFixedDelay(this::write, first.toMillis(), period.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void write() {
        int number = written.getAndIncrement();
        Guest guest = GUESTS.get(number % GUESTS.size());
        mail.write(guest.sender(), HOTEL, guest.subject() + " (" + (number + 1) + ")", guest.text());
    }

    private void arrived(SandboxMail.Arrived arrived) {
        GUESTS.stream()
                .filter(guest -> guest.address().equalsIgnoreCase(arrived.recipient()))
                .findFirst()
                .ifPresent(guest -> {
                    try {
                        life.schedule(
                                () -> answer(guest, arrived.mail()), answerDelay.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (RejectedExecutionException closed) {
                        // Nobody writes any more.
                    }
                });
    }

    /** As mail programs do: to the address for replies, with both headers that name the mail, and with its text. */
    private void answer(Guest guest, MimeMessage reply) {
        try {
            String inReplyTo = reply.getMessageID();
            String references = SentMailPage.header(reply, "References");
            String began = references.isEmpty() ? inReplyTo : references.strip().split("\\s+")[0];
            if (inReplyTo == null || !conversations.add(began)) {
                return;
            }
            answered.incrementAndGet();
            Address[] to = reply.getReplyTo();
            String subject = reply.getSubject();
            mail.write(
                    guest.sender(),
                    HOTEL,
                    subject.startsWith("Re: ") ? subject : "Re: " + subject,
                    guest.answer() + "\r\n\r\nOn " + WRITTEN.format(LocalDateTime.now()) + " " + to[0] + " wrote:\r\n"
                            + SentMailPage.text(reply).strip().replaceAll("(?m)^", "> "),
                    Map.of(
                            "To", to[0].toString(),
                            "In-Reply-To", inReplyTo,
                            "References", (references + " " + inReplyTo).strip()));
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One line for people. */
    String line() {
        return written.get() + " mails from guests to " + HOTEL + ", each becomes a thread; " + answered.get()
                + " answers to the hotel's replies, each becomes a message of its thread";
    }

    @Override
    public void close() {
        life.shutdownNow();
    }
}
