package io.threadpost;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.threadpost.digest.TemplateTrial;
import io.threadpost.mailbox.MailboxTrial;
import io.threadpost.network.HttpAccess;
import io.threadpost.routecheck.Finding;
import io.threadpost.settings.FolderCheck;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.Problem;
import io.threadpost.settings.Reading;
import io.threadpost.settings.Settings;

/** {@code threadpost check}: says what is wrong, starts nothing, and changes nothing. */
final class Check {
    private final PrintStream out;
    private final PrintStream err;

    Check(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Looks at a folder that is laid out like the one Threadpost runs in, or at one that holds nothing but route files; the settings are
     * those of the working directory then.
     *
     * @param strict whether a warning about a route file is something wrong, too
     * @return the exit code: 1 when something is wrong. An address or token that is not there yet is worth a warning only.
     */
    int run(Path folder, String profile, boolean json, boolean strict) {
        boolean alone = RoutesCheck.isOfRoutes(folder);
        Path home = alone ? Path.of("") : folder;
        Reading reading = Reading.in(home, profile);
        List<Problem> problems = new ArrayList<>(reading.problems());
        if (!alone) {
            problems.addAll(new FolderCheck(reading, home).problems());
            if (problems.stream().allMatch(Problem::missing)) {
                new LibraryTrial(reading, home).problem().ifPresent(problems::add);
            }
            problems.addAll(new TemplateTrial(home.resolve(reading.folders().templates())).problems());
        }
        Path routes = alone ? folder : reading.folders().routes();
        List<Finding> findings = new RoutesCheck(home.resolve(routes), new ReadSurroundings(reading)).findings();
        boolean good = problems.stream().allMatch(Problem::missing)
                && (strict
                        ? findings.isEmpty()
                        : findings.stream().allMatch(finding -> finding.severity() == Finding.Severity.WARNING));
        if (json) {
            out.println(new CheckAsJson(good, problems, findings, routes).text());
        } else {
            tell(problems, findings, routes);
            if (problems.stream().allMatch(Problem::missing)) {
                network(new HttpAccess(reading.network().in(home)));
            }
            if (good) {
                boolean none = problems.isEmpty() && findings.isEmpty();
                out.println("threadpost: nothing" + (none ? "" : " else") + " is wrong with the settings ("
                        + reading.source() + ") and the route files");
            }
        }
        return good ? 0 : 1;
    }

    /** Looks into the mailboxes of a folder that is laid out like the one Threadpost runs in. @return the exit code: 1 when one does not work */
    int mailboxes(Path home, String profile) {
        Reading reading = Reading.in(home, profile);
        if (!reading.problems().isEmpty()) {
            err.println("threadpost: the mailboxes are looked into when all settings are right");
            return 1;
        }
        Settings settings = reading.orThrow();
        HttpAccess access = new HttpAccess(settings.network().in(home));
        int code = 0;
        for (MailboxSettings mailbox : settings.mailboxes()) {
            MailboxTrial.Result result = new MailboxTrial(mailbox, settings.ledger(), home, access).run();
            (result.works() ? out : err).println("threadpost: " + result.line());
            code = result.works() ? code : 1;
        }
        if (settings.mailboxes().isEmpty()) {
            out.println("threadpost: there is no mailbox, since threadpost.mail.host is empty");
        }
        return code;
    }

    private void network(HttpAccess access) {
        access.texts().forEach(text -> out.println("threadpost: requests over HTTP use " + text));
        access.unusable().forEach(what -> err.println("threadpost: warning: " + what + ", and is left aside"));
    }

    private void tell(List<Problem> problems, List<Finding> findings, Path routes) {
        problems.forEach(
                problem -> err.println("threadpost: " + (problem.missing() ? "warning: " : "") + problem.line()));
        findings.forEach(finding -> err.println("threadpost: " + routes + "/" + finding.text()));
    }
}
