package io.threadpost.mailbox;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import jakarta.mail.Flags;

import org.eclipse.angus.mail.iap.Argument;
import org.eclipse.angus.mail.iap.BadCommandException;
import org.eclipse.angus.mail.iap.CommandFailedException;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.iap.Response;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.IMAPProtocol;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.eclipse.angus.mail.imap.protocol.MailboxInfo;
import org.eclipse.angus.mail.imap.protocol.UID;

import io.threadpost.retry.ServerReply;

/**
 * A logged-in connection to an IMAP server. All commands use UIDs, since sequence numbers shift when another client
 * expunges. Not thread-safe.
 */
final class ImapConnection implements AutoCloseable {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ROOT);

    private final IMAPProtocol imap;
    private final String server;

    /** @param server for people */
    ImapConnection(IMAPProtocol imap, String server) {
        this.imap = imap;
        this.server = server;
    }

    /** Opens a folder read-only: no command can change a flag. */
    OpenedFolder examine(String folder) {
        return opened(folder, () -> imap.examine(folder));
    }

    /** Opens a folder for changes. CLOSE must not be sent then, since it would expunge. */
    OpenedFolder select(String folder) {
        return opened(folder, () -> imap.select(folder));
    }

    private OpenedFolder opened(String folder, Command<MailboxInfo> command) {
        MailboxInfo info = required("opening folder " + folder, command);
        boolean tellsNext = info.uidnext > 0;
        long next = tellsNext ? info.uidnext : 1 + highest();
        return new OpenedFolder(
                Math.max(0, info.uidvalidity), next, tellsNext, Math.max(0, info.total), keywords(info));
    }

    private static Set<String> keywords(MailboxInfo info) {
        Set<String> keywords = new HashSet<>();
        for (String keyword : info.permanentFlags.getUserFlags()) {
            keywords.add(keyword.toLowerCase(Locale.ROOT));
        }
        if (info.permanentFlags.contains(Flags.Flag.USER)) {
            keywords.add("*");
        }
        return keywords;
    }

    /** A server need not report UIDNEXT. */
    private long highest() {
        return search("UID 1:*").stream().mapToLong(Long::longValue).max().orElse(0);
    }

    /**
     * The UIDs there are, in ascending order.
     *
     * @param from the lowest
     * @param to the highest; {@link Long#MAX_VALUE} for no end
     * @param since leaves out what came before this day, in the server's time zone; null for no limit
     */
    List<Long> uids(long from, long to, LocalDate since) {
        if (to < from) {
            return List.of();
        }
        String range = from + ":" + (to == Long.MAX_VALUE ? "*" : to);
        String when = since == null ? "" : " SINCE " + DAY.format(since);
        // x:* includes the last mail even if x is above it.
        return search("UID " + range + when).stream()
                .filter(uid -> uid >= from && uid <= to)
                .sorted()
                .distinct()
                .toList();
    }

    private List<Long> search(String criteria) {
        Response[] answer = required("searching", () -> checked("UID SEARCH", new Argument().writeAtom(criteria)));
        return numbers(answer);
    }

    /** The UIDs of mails in the open folder with that Message-ID. */
    List<Long> withMessageId(String messageId) {
        Argument criteria =
                new Argument().writeAtom("HEADER").writeAtom("MESSAGE-ID").writeString(messageId);
        return numbers(required("searching", () -> checked("UID SEARCH", criteria)));
    }

    private static List<Long> numbers(Response[] answer) {
        List<Long> numbers = new ArrayList<>();
        for (Response response : answer) {
            if (response instanceof IMAPResponse imap && imap.keyEquals("SEARCH")) {
                for (long number = imap.readLong(); number != -1; number = imap.readLong()) {
                    numbers.add(number);
                }
            }
        }
        return numbers;
    }

    /** Fetches items of mails in the open folder. */
    List<FetchResponse> fetch(String uids, String items) throws ProtocolException {
        List<FetchResponse> answers = new ArrayList<>();
        for (Response response :
                checked("UID FETCH", new Argument().writeAtom(uids).writeAtom(items))) {
            if (response instanceof FetchResponse fetched) {
                answers.add(fetched);
            }
        }
        return answers;
    }

    /** @return the UID that an answer is about; 0 without one */
    static long uid(FetchResponse answer) {
        UID uid = answer.getItem(UID.class);
        return uid == null ? 0 : uid.uid;
    }

    boolean can(String capability) {
        return imap.hasCapability(capability);
    }

    IMAPProtocol protocol() {
        return imap;
    }

    /**
     * Sends a command.
     *
     * @return the server's responses, the last one being OK
     */
    Response[] checked(String command, Argument arguments) throws ProtocolException {
        Response[] answer = imap.command(command, arguments);
        imap.notifyResponseHandlers(answer);
        imap.handleResult(answer[answer.length - 1]);
        return answer;
    }

    /** Runs a command without which the mailbox cannot be used. */
    <T> T required(String what, Command<T> command) {
        try {
            return command.run();
        } catch (ProtocolException e) {
            throw down(what, e);
        }
    }

    /** @return the server's refusal, or the end of the connection, as a failure of the mailbox */
    MailboxDownException down(String what, ProtocolException e) {
        String words = ImapErrorText.of(e);
        String line = server + ": " + what + ": " + words;
        Optional<ServerReply.Meaning> meaning = ServerReply.IMAP.meaning(words);
        boolean slow = meaning.filter(known -> known.kind() != ServerReply.Kind.PASSING)
                .isPresent();
        return new MailboxDownException(meaning.map(known -> known.behind(line)).orElse(line), slow, e);
    }

    /** @return whether the server refused this command alone, and the connection goes on */
    static boolean refusal(ProtocolException e) {
        return e instanceof CommandFailedException || e instanceof BadCommandException;
    }

    /** Logs out without closing the folder: LOGOUT expunges nothing. */
    @Override
    public void close() {
        try {
            imap.logout();
        } catch (ProtocolException e) {
            imap.disconnect();
        }
    }

    /** An IMAP command. */
    @FunctionalInterface
    interface Command<T> {
        T run() throws ProtocolException;
    }

    /**
     * A folder that the server opened.
     *
     * @param validity its UIDVALIDITY; 0 when the server reports none
     * @param next the lowest UID that the next mail can get
     * @param tellsNext whether the server reports UIDNEXT; otherwise {@code next} is the one after the highest
     * @param mails how many there are
     * @param keywords the keywords that it keeps, in lower case; {@code *} for any
     */
    record OpenedFolder(long validity, long next, boolean tellsNext, long mails, Set<String> keywords) {
        boolean keeps(String keyword) {
            return keywords.contains("*") || keywords.contains(keyword.toLowerCase(Locale.ROOT));
        }
    }
}
