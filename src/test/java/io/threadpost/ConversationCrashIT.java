package io.threadpost;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxMail;
import io.threadpost.sandbox.SandboxMessage;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;
import io.threadpost.testing.CrashTrial;
import io.threadpost.testing.Installation;
import io.threadpost.testing.MailHabit;
import io.threadpost.testing.MailServer;
import io.threadpost.testing.ModelImapServer;

/**
 * The real program is killed again and again while guests write by mail, the hotel answers on a platform that loses
 * answers and fails, and guests answer that, with the habits of five mail programs, and of one who answers a mail that
 * was forwarded in between. In the end each mail is one message, in the thread of its conversation and in order, and
 * each answer of the hotel is one mail to its guest. Larger ones: {@code -Dthreadpost.test.kills=100
 * -Dthreadpost.test.conversations=500}.
 */
@Proves({Promise.EVERY_MAIL_IS_ONE_MESSAGE, Promise.EVERY_REPLY_IS_ONE_MAIL})
class ConversationCrashIT {
    private static final int CONVERSATIONS = Integer.getInteger("threadpost.test.conversations", 10);
    private static final int MAILS = 4;
    private static final String HOTEL = "Hotel Sandbox <hotel@hotel.example>";

    @TempDir(cleanup = org.junit.jupiter.api.io.CleanupMode.NEVER)
    Path temporary;

    @Test
    void eachMailIsOneMessageAndEachAnswerOneMailWhateverIsKilledWhen() throws Exception {
        CrashTrial trial = new CrashTrial(3);
        try (SandboxPlatform platform = SandboxPlatform.start(platform());
                ModelImapServer mailbox = new ModelImapServer();
                MailServer smtp = MailServer.started();
                People people = new People(platform, mailbox, smtp);
                Installation installation = Installation.pulling(
                        temporary.resolve("installation"), platform, settings(mailbox.port(), smtp.port()))) {
            for (int kill = 0; kill < trial.kills(); kill++) {
                people.begin(CONVERSATIONS * kill / trial.kills(), CONVERSATIONS * (kill + 1) / trial.kills());
                installation.start();
                trial.kill(installation);
            }
            installation.start();
            await("each guest has written all mails, and has an answer to the last one")
                    .atMost(Duration.ofMinutes(Math.max(4, CONVERSATIONS / 20)))
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(people::assertFinished);
            assertThat(installation.stop()).isIn(0, 143);

            assertThat(people.failure()).isNull();
            assertThat(platform.subjects()).hasSize(CONVERSATIONS);
            people.assertOnce();
            assertThat(platform.refusals()).isEmpty();
            assertThat(installation.said()).doesNotContain("is dead", "two threads", "two messages");
        }
    }

    private static SandboxOptions platform() {
        return new SandboxOptions()
                .noLimit()
                .latency(Duration.ofMillis(20))
                .faults(Faults.none()
                        .only("add", "messages/add", "messages/getAll")
                        .with(FaultKind.LOST_ADD, Chance.of(0.1))
                        .with(FaultKind.FALSE_ERROR, Chance.of(0.05))
                        .with(FaultKind.FAILED_ADD, Chance.of(0.05))
                        .errorStatus(408, 500, 502, 503)
                        .with(FaultKind.TOO_MANY_REQUESTS, Chance.of(0.01))
                        .with(FaultKind.TRUNCATED_BODY, Chance.of(0.02))
                        .with(FaultKind.RESET, Chance.of(0.02))
                        .addVisibleAfter(Duration.ofSeconds(1)));
    }

    private static Map<String, String> settings(int imap, int smtp) {
        Map<String, String> settings = new TreeMap<>(AddCrashIT.patience());
        settings.putAll(Map.of(
                "threadpost.add.wait", "2s",
                "threadpost.mail.host", "127.0.0.1",
                "threadpost.mail.port", String.valueOf(imap),
                "threadpost.mail.tls", "none",
                "threadpost.mail.username", "hotel@hotel.example",
                "threadpost.mail.password", "secret-of-the-mailbox",
                "threadpost.mail.start", "everything",
                "threadpost.mail.poll", "1s"));
        // A mail that was forwarded in between answers one that never comes.
        settings.put("threadpost.mail.earlier-wait", "2s");
        settings.putAll(Map.of(
                "threadpost.spool.backoff", "100ms",
                "threadpost.spool.backoff-max", "1s",
                "threadpost.smtp.host", "127.0.0.1",
                "threadpost.smtp.port", String.valueOf(smtp),
                "threadpost.smtp.tls", "none",
                "threadpost.replies.from", HOTEL,
                "threadpost.replies.period", "1s"));
        return settings;
    }

    /** The guests, who write and answer by mail, and the hotel's staff, who answer on the platform. */
    private static final class People implements AutoCloseable {
        private static final Pattern ANSWER = Pattern.compile("answer \\d+ \\d+ of the hotel");

        private final SandboxPlatform platform;
        private final ModelImapServer mailbox;
        private final MailServer smtp;
        private final Map<String, Guest> guests = new LinkedHashMap<>();
        private final Map<String, Integer> answered = new HashMap<>();
        private final Set<String> read = new HashSet<>();
        private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        private Throwable failure;

        People(SandboxPlatform platform, ModelImapServer mailbox, MailServer smtp) {
            this.platform = platform;
            this.mailbox = mailbox;
            this.smtp = smtp;
            clock.scheduleWithFixedDelay(this::act, 200, 200, TimeUnit.MILLISECONDS);
        }

        synchronized void begin(int from, int to) {
            for (int number = from; number < to; number++) {
                Guest guest = new Guest(number);
                guests.put(guest.address, guest);
                guest.write("Hotel <hotel@hotel.example>", null);
                // He remembers something, and answers his own mail.
                guest.write(guest.address, "remembers");
            }
        }

        private synchronized void act() {
            try {
                for (SandboxMail.Arrived arrived : smtp.deliveries()) {
                    Guest guest = guests.get(arrived.recipient());
                    if (guest != null && read.add(arrived.mail().getMessageID()) && guest.mails.size() < MAILS) {
                        guest.answer(arrived.mail());
                    }
                }
                for (String thread : platform.conversations().threadIds()) {
                    List<SandboxMessage> messages = platform.conversations().messages(thread);
                    int mails =
                            (int) messages.stream().filter(People::isOfGuest).count();
                    int answers = answered.getOrDefault(thread, 0);
                    if (mails >= 2 && answers < mails - 1) {
                        platform.conversations()
                                .staffAnswers(thread, "answer " + numberIn(messages) + " " + answers + " of the hotel");
                        answered.put(thread, answers + 1);
                    }
                }
            } catch (Throwable e) {
                failure = e;
            }
        }

        synchronized Throwable failure() {
            return failure;
        }

        private static boolean isOfGuest(SandboxMessage message) {
            return message.sender().equals(SandboxMessage.APPLICATION);
        }

        private static String numberIn(List<SandboxMessage> messages) {
            Matcher marker = Pattern.compile("mail (\\d+) \\d+ of a guest")
                    .matcher(messages.get(0).text());
            assertThat(marker.find()).as(messages.get(0).text()).isTrue();
            return marker.group(1);
        }

        synchronized void assertFinished() {
            assertThat(failure).isNull();
            assertThat(guests.values()).allSatisfy(guest -> {
                assertThat(guest.mails).as(guest.address).hasSize(MAILS);
                assertThat(answers(guest)).as(guest.address).hasSize(MAILS - 1);
            });
        }

        synchronized void assertOnce() throws Exception {
            Map<String, List<SandboxMessage>> byGuest = platform.conversations().threadIds().stream()
                    .map(thread -> platform.conversations().messages(thread))
                    .collect(Collectors.toMap(People::numberIn, messages -> messages));
            for (Guest guest : guests.values()) {
                List<SandboxMessage> messages = byGuest.get(String.valueOf(guest.number));
                List<String> texts = messages.stream()
                        .filter(People::isOfGuest)
                        .map(SandboxMessage::text)
                        .toList();
                assertThat(texts).as(guest.address).hasSize(MAILS);
                for (int mail = 0; mail < MAILS; mail++) {
                    assertThat(texts.get(mail)).contains(guest.text(mail));
                }
                assertThat(answers(guest).keySet())
                        .containsExactlyInAnyOrderElementsOf(messages.stream()
                                .filter(message -> !isOfGuest(message))
                                .map(SandboxMessage::text)
                                .toList());
            }
            // Whatever was sent twice is the same mail to the same guest.
            Map<String, Set<String>> sent = new HashMap<>();
            for (SandboxMail.Arrived arrived : smtp.deliveries()) {
                sent.computeIfAbsent(arrived.mail().getMessageID(), id -> new HashSet<>())
                        .add(arrived.recipient() + " " + answerIn(arrived.mail()));
            }
            assertThat(sent.values()).allSatisfy(same -> assertThat(same).hasSize(1));
            assertThat(sent).hasSize(guests.size() * (MAILS - 1));
        }

        /** @return by what the hotel wrote, the Message-IDs of its mails to this guest */
        private Map<String, Set<String>> answers(Guest guest) {
            Map<String, Set<String>> answers = new TreeMap<>();
            try {
                for (SandboxMail.Arrived arrived : smtp.deliveries()) {
                    if (arrived.recipient().equals(guest.address)) {
                        answers.computeIfAbsent(answerIn(arrived.mail()), text -> new HashSet<>())
                                .add(arrived.mail().getMessageID());
                    }
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            return answers;
        }

        private static String answerIn(MimeMessage mail) {
            Matcher answer = ANSWER.matcher(MailServer.text(mail));
            assertThat(answer.find()).as(MailServer.text(mail)).isTrue();
            return answer.group();
        }

        @Override
        public void close() throws InterruptedException {
            clock.shutdownNow();
            assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }

        private final class Guest {
            private final int number;
            private final String address;
            private final MailHabit habit;
            private final List<String> mails = new ArrayList<>();
            private final List<String> messageIds = new ArrayList<>();

            Guest(int number) {
                this.number = number;
                this.address = "guest" + number + "@guest.example";
                this.habit = MailHabit.values()[number % MailHabit.values().length];
            }

            String text(int mail) {
                return "mail " + number + " " + mail + " of a guest";
            }

            void write(String quotedAuthor, String quotedText) {
                MailHabit.Quoted quoted = quotedText == null
                        ? null
                        : new MailHabit.Quoted(List.copyOf(messageIds), quotedAuthor, text(mails.size() - 1));
                put(quoted, "hotel@hotel.example");
            }

            void answer(MimeMessage reply) throws Exception {
                messageIds.add(reply.getMessageID());
                InternetAddress to = (InternetAddress) reply.getReplyTo()[0];
                put(new MailHabit.Quoted(List.copyOf(messageIds), HOTEL, answerIn(reply)), to.getAddress());
            }

            private void put(MailHabit.Quoted quoted, String to) {
                String messageId = "<" + number + "." + mails.size() + "@guest.example>";
                String mail = habit.write(
                        messageId,
                        "Guest " + number + " <" + address + ">",
                        to,
                        Instant.now(),
                        "Question",
                        text(mails.size()),
                        quoted);
                mails.add(messageId);
                messageIds.add(messageId);
                mailbox.put("INBOX", mail, Instant.now());
            }
        }
    }
}
