package io.threadpost.add;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

import org.apache.camel.Processor;

import io.threadpost.settings.Settings;
import io.threadpost.spool.RejectedItemException;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;

/**
 * The steps {@code addThread} and {@code addMessage} without a ledger and without calls: what they would add is handed
 * to the caller. Every add succeeds at the first attempt, unless the caller refuses it.
 */
public final class AddDryRun {
    private final Platform platform;
    private final Processor addThread;
    private final BiConsumer<String, SpoolItem> spools;
    private final Map<String, Staged> staged = new HashMap<>();

    /** @param spools receives the items of {@code spool:messages} */
    public AddDryRun(Settings settings, Platform platform, BiConsumer<String, SpoolItem> spools) {
        this.platform = platform;
        this.spools = spools;
        this.addThread = new AddThreadProcessor(this::add, settings);
    }

    /** Stands in for the platform. */
    public interface Platform {
        /**
         * @param sender one line, at most 255 characters
         * @param subject one line, at most 255 characters
         * @return the {@code Id} of the thread
         * @throws RejectedItemException when it refuses the thread, with its words
         */
        String addThread(String connection, String sender, String subject);

        /** @throws RejectedItemException when it refuses the message, with its words */
        void addMessage(String connection, String thread, String text);
    }

    private record Staged(String thread, List<String> texts) {}

    /** @return the steps by their names */
    public Map<String, Processor> steps() {
        return Map.of("addThread", addThread, "addMessage", exchange -> {
            String connection = exchange.getMessage().getHeader(SpoolConstants.CONNECTION, String.class);
            Staged messages =
                    staged.get(key(connection, exchange.getMessage().getHeader(SpoolConstants.KEY, String.class)));
            if (messages == null) {
                throw new RejectedItemException(
                        "addMessage needs an item of spool:messages, as the step stageMessages stages it");
            }
            messages.texts().forEach(text -> platform.addMessage(connection, messages.thread(), text));
        });
    }

    /** @return what the step {@code stageMessages} stages messages with */
    public MessageAddLedger staging() {
        return new MessageAddLedger(null, null, null) {
            @Override
            public boolean stage(long mail, String connection, String key, String thread, List<String> texts) {
                staged.put(key(connection, key), new Staged(thread, texts));
                Map<String, Object> body = Map.of("thread", thread, "mail", mail, "parts", texts.size());
                spools.accept(AddConstants.MESSAGES, new SpoolItem(key, connection, Map.of(), body));
                return true;
            }
        };
    }

    private AddOutcome add(InboundMessage message) {
        return ThreadAdder.incomplete(message.texts()).orElseGet(() -> {
            try {
                return new AddOutcome.Added(platform.addThread(
                        message.connection(),
                        message.texts().sender(),
                        message.texts().subject()));
            } catch (RejectedItemException e) {
                return new AddOutcome.Refused("refused-400", e.getMessage());
            }
        });
    }

    private static String key(String connection, String key) {
        return connection + " " + key;
    }
}
