package io.threadpost.person;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Ledger;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TargetSystem;
import io.threadpost.spool.Targets;

/** What this installation cannot erase: what others have got from it, or have given to it. */
@Singleton
final class Unreachable {
    private final Settings settings;
    private final Targets targets;
    private final Ledger ledger;

    Unreachable(Settings settings, Targets targets, Ledger ledger) {
        this.settings = settings;
        this.targets = targets;
        this.ledger = ledger;
    }

    /** @param unresolved adds whose outcome is unknown */
    List<String> lines(long unresolved) {
        List<String> lines = new ArrayList<>();
        lines.add("the platform has the threads and messages of "
                + names("connection", settings.connectionNames())
                + "; erase them there first, since a thread that changes there is pulled again");
        if (unresolved > 0) {
            lines.add(unresolved + " threads or messages may have reached the platform, with an unknown outcome; look"
                    + " for them there");
        }
        if (!settings.mailboxes().isEmpty()) {
            lines.add("the mails themselves are in "
                    + names(
                            "mailbox",
                            settings.mailboxes().stream()
                                    .map(MailboxSettings::name)
                                    .toList()) + "; delete them there, they are not staged again");
        }
        Stream.of(TargetSystem.values())
                .filter(targets::on)
                .forEach(target -> lines.add("the target " + target.id() + " has what was delivered to it"));
        lines.add("own targets of routes, such as FTP servers and HTTP services, have what was delivered to them");
        lines.add("logs that were written before, and backups of the ledger, stay as they are");
        if (ledger.dialect() == Dialect.POSTGRESQL) {
            lines.add("PostgreSQL's write-ahead log and its archive keep what was there until they are recycled");
        }
        return lines;
    }

    private static String names(String kind, List<String> names) {
        return (names.size() == 1 ? kind + " " : kind.replaceFirst("x$", "xe") + "s ")
                + names.stream().collect(Collectors.joining(", "));
    }
}
