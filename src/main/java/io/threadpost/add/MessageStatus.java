package io.threadpost.add;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;

/** What became of the texts of mails, for operators. */
@Singleton
public final class MessageStatus {
    private final Ledger ledger;

    MessageStatus(Ledger ledger) {
        this.ledger = ledger;
    }

    /** The state of a mail's text: of several messages the one that a person has to look at first. */
    public enum State {
        /** All of it is in the thread. */
        ADDED,
        /** Some of it waits to be added. */
        WAITING,
        /** A person discarded some of it. */
        DISCARDED,
        /** Some of it was refused, and its item is dead. */
        REFUSED;

        /** @return its name for people, such as {@code added} */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The text of a mail.
     *
     * @param why one line for people; null unless it was refused or discarded
     */
    public record Text(State state, String why) {}

    /** @return by the number of the mail; without those that have no messages */
    public Map<Long, Text> texts(List<Long> mails) {
        Map<Long, Text> texts = new HashMap<>();
        if (!mails.isEmpty()) {
            ledger.read(tx -> read(tx, mails, texts));
        }
        return texts;
    }

    private static List<Text> read(Transaction tx, List<Long> mails, Map<Long, Text> texts) throws SQLException {
        String marks = mails.stream().map(mail -> "?").collect(Collectors.joining(", "));
        return tx.list(
                "SELECT mail, state, code, reason FROM message_add WHERE mail IN (" + marks + ") ORDER BY mail, part",
                row -> texts.merge(
                        row.getLong(1),
                        text(row.getString(2), row.getString(3), row.getString(4)),
                        (one, other) -> one.state().compareTo(other.state()) >= 0 ? one : other),
                mails.toArray());
    }

    /** A message whose outcome is unknown stays so when its item is dead: it has a code then. */
    private static Text text(String state, String code, String reason) {
        return switch (state) {
            case "added" -> new Text(State.ADDED, null);
            case "refused" -> new Text(State.REFUSED, reason);
            case "discarded" -> new Text(State.DISCARDED, reason);
            default -> code == null ? new Text(State.WAITING, null) : new Text(State.REFUSED, reason);
        };
    }
}
