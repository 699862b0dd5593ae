package io.threadpost.mailbox;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import org.eclipse.angus.mail.iap.ProtocolException;

import io.threadpost.mailbox.ImapConnection.OpenedFolder;
import io.threadpost.network.HttpAccess;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.HandledMailAction;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.MailboxSettings;

/**
 * Logs in to a mailbox and reports what a first poll would fetch. It changes nothing there, and fetches summaries only.
 */
public final class MailboxDryRun {
    private static final int CHUNK = 200;

    private final MailboxSettings mailbox;
    private final ImapLogin login;

    /** @param home the working directory, below which a changing refresh token is stored */
    public MailboxDryRun(MailboxSettings mailbox, LedgerSettings ledger, Path home, HttpAccess access) {
        this.mailbox = mailbox;
        this.login = new ImapLogins(ledger, home, new RunTimeSecrets(), access).of(mailbox);
    }

    /**
     * The result.
     *
     * @param works whether the folder could be opened
     * @param line for people, without secrets
     */
    public record Result(boolean works, String line) {}

    /** Logs in and opens the folder. It never throws for what the server does. */
    public Result run() {
        String name = "mailbox " + mailbox.name() + ": ";
        try (ImapConnection connection = login.connect()) {
            return new Result(true, name + look(connection));
        } catch (MailboxDownException e) {
            return new Result(false, name + e.getMessage());
        }
    }

    private String look(ImapConnection connection) {
        ServerFolders folders = new ServerFolders(connection);
        OpenedFolder folder = connection.examine(folders.name(mailbox.folder()));
        Instant now = Instant.now();
        Instant begins = mailbox.start().from(now);
        long taken = begins.isBefore(now) ? taken(connection, begins) : 0;
        return mailbox.source() + " has " + folder.mails() + " mails; a first poll would fetch " + taken
                + " of them, and what comes from now on" + made(connection, folders);
    }

    private static long taken(ImapConnection connection, Instant begins) {
        List<Long> uids = connection.uids(1, Long.MAX_VALUE, FolderPoll.since(begins));
        long taken = 0;
        for (int from = 0; from < uids.size(); from += CHUNK) {
            List<Long> chunk = uids.subList(from, Math.min(uids.size(), from + CHUNK));
            String range = chunk.get(0) + ":" + chunk.get(chunk.size() - 1);
            taken += connection.required("asking for dates", () -> MessageSummary.fetch(connection, range)).stream()
                    .filter(mail -> !mail.before(begins, true))
                    .count();
        }
        return taken;
    }

    private String made(ImapConnection connection, ServerFolders folders) {
        if (mailbox.after() != HandledMailAction.MOVE) {
            return "";
        }
        if (!new MessageMover(connection).able()) {
            return "; the server cannot move mails, so they are flagged with keywords";
        }
        List<String> missing = Stream.of(mailbox.done(), mailbox.parked(), mailbox.failed())
                .filter(folder -> connection.required("listing folders", () -> !exists(folders, folder)))
                .toList();
        return missing.isEmpty() ? "" : "; the folders " + String.join(", ", missing) + " would be created";
    }

    private static boolean exists(ServerFolders folders, String folder) throws ProtocolException {
        return folders.exists(folders.name(folder));
    }
}
