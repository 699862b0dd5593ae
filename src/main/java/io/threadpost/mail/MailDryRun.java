package io.threadpost.mail;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import org.apache.camel.Component;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

import io.threadpost.add.AddConstants;
import io.threadpost.add.AddDryRun;
import io.threadpost.conversation.SigningKey;
import io.threadpost.mail.judge.Verdict;
import io.threadpost.mail.message.MessageTexts;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * The steps and the component for incoming mails without a ledger, for one mail after the other. A mail is new, unless
 * the caller says which thread it continues: without a ledger no earlier mail is known.
 */
public final class MailDryRun {
    private static final long NUMBER = 1;

    private final HeldMail mails = new HeldMail();
    private final boolean texts;
    private final Map<String, Processor> steps;

    public MailDryRun(Settings settings, AddDryRun adds) {
        texts = settings.get(SettingsCatalogue.MAIL_TEXT);
        steps = Map.of(
                "readMail",
                new ReadMailProcessor(mails),
                "findConversation",
                this::findConversation,
                "stageMessages",
                new StageMessagesProcessor(
                        adds.staging(),
                        new MessageTexts(settings),
                        mails,
                        new SigningKey(null, MailDryRun.class.getName()),
                        settings),
                "settleMail",
                this::settle);
    }

    /**
     * An incoming mail.
     *
     * @param raw its bytes
     * @param received when the mailbox received it
     * @param continues the {@code Id} of the thread that it continues; null when it begins one
     */
    public record Given(byte[] raw, Instant received, String mailbox, String connection, String continues) {}

    /**
     * What became of the mail.
     *
     * @param fields the body after {@code readMail}, with the verdict; empty before
     * @param parked why it waits for a person: a short word, and one line
     * @param thread the {@code Id} of its thread; null when it has none
     */
    public record Result(Map<String, Object> fields, Optional<Map.Entry<String, String>> parked, String thread) {}

    /** Begins another mail. */
    public void begin(Given given) {
        mails.given = given;
        mails.read = null;
        mails.parked = null;
        mails.thread = null;
    }

    /** @return its number, the body of its item in {@code spool:mail} */
    public long number() {
        return NUMBER;
    }

    /** @return the steps by their names */
    public Map<String, Processor> steps() {
        return steps;
    }

    /** @return the component {@code mail:} */
    public Component component() {
        return new MailComponent(mails);
    }

    public Result result() {
        Map<String, Object> fields = mails.read == null ? Map.of() : mails.read.asMap();
        if (mails.read != null && mails.read.verdict() != null) {
            fields.putAll(mails.read.verdict().asMap());
        }
        return new Result(fields, Optional.ofNullable(mails.parked), mails.thread);
    }

    @SuppressWarnings("unchecked")
    private void findConversation(Exchange exchange) {
        InboundMail.of(exchange, "findConversation");
        exchange.removeProperty(AddConstants.CONTINUES);
        String thread = mails.given.continues();
        Map<String, Object> body = exchange.getMessage().getBody(Map.class);
        if (texts && thread != null && !Boolean.FALSE.equals(body.get("person"))) {
            exchange.setProperty(AddConstants.CONTINUES, thread);
            body.put("thread", thread);
        }
    }

    private void settle(Exchange exchange) {
        InboundMail mail = InboundMail.of(exchange, "settleMail");
        Message message = exchange.getMessage();
        String thread = message.getHeader(AddConstants.THREAD, String.class);
        String refused = message.getHeader(AddConstants.REFUSED, String.class);
        if (thread != null) {
            mails.thread = thread;
        } else if (refused != null) {
            mails.park(mail.record(), message.getHeader(AddConstants.REFUSAL, "refused", String.class), refused);
        } else {
            throw new IllegalStateException("settleMail has no outcome to record: put the step addThread before it");
        }
    }

    /** Holds one mail in memory. */
    private static final class HeldMail extends MailRepository {
        private Given given;
        private InboundMail read;
        private Map.Entry<String, String> parked;
        private String thread;

        HeldMail() {
            super(null, null, null, null);
        }

        @Override
        public Optional<MailRecord> find(long number) {
            return Optional.of(new MailRecord(
                    number,
                    given.mailbox(),
                    given.connection(),
                    given.mailbox() + "/" + number,
                    MailRecord.State.WAITING,
                    null,
                    null,
                    null,
                    null,
                    null,
                    given.received(),
                    given.received(),
                    given.raw().length,
                    0,
                    false));
        }

        @Override
        public InputStream raw(long number) {
            return new ByteArrayInputStream(given.raw());
        }

        @Override
        void read(InboundMail mail) {
            read = mail;
        }

        @Override
        boolean passed(long number) {
            return false;
        }

        @Override
        void judged(long number, Verdict verdict) {
            read = new InboundMail(read.record(), read.content(), verdict);
        }

        @Override
        long mailsBefore(MailRecord mailRecord, String sender, Duration time) {
            return 0;
        }

        @Override
        void words(long number, String fingerprint, long letters, long typed, boolean byPerson) {
            // Only a later mail is compared with them.
        }

        @Override
        String textBefore(long number, String thread) {
            return "";
        }

        @Override
        ReleaseTexts releaseTexts(long number) {
            return ReleaseTexts.NONE;
        }

        @Override
        public void park(MailRecord mailRecord, String reason, String why) {
            parked = Map.entry(reason, why);
        }
    }
}
