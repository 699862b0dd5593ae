package io.threadpost;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.threadpost.digest.TemplateCheck;
import io.threadpost.mailbox.MailboxDryRun;
import io.threadpost.network.HttpAccess;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.settings.ConfiguredFolders;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.SettingProblem;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsResult;

/** {@code threadpost check}: says what is wrong, starts nothing, and changes nothing. */
final class CheckCommand {
    private final PrintStream out;
    private final PrintStream err;

    CheckCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Looks at a folder that is laid out like the one Threadpost runs in, or at one that holds nothing but route files;
     * the settings are those of the working directory then.
     *
     * @param strict whether a warning about a route file is something wrong, too
     * @return the exit code: 1 when something is wrong. An address or token that is not there yet is worth a warning
     *     only.
     */
    int run(Path folder, String profile, boolean json, boolean strict) {
        boolean alone = RoutesCheck.isOfRoutes(folder);
        Path home = alone ? Path.of("") : folder;
        SettingsResult settingsResult = SettingsResult.in(home, profile);
        ConfiguredFolders folders = new ConfiguredFolders(settingsResult, home);
        List<SettingProblem> problems = new ArrayList<>(settingsResult.problems());
        if (!alone) {
            problems.addAll(folders.check());
            if (problems.stream().allMatch(SettingProblem::missing)) {
                new LibraryCheck(settingsResult, folders).problem().ifPresent(problems::add);
            }
            problems.addAll(new TemplateCheck(folders.templates()).problems());
        }
        Path routes = alone ? folder : folders.routes();
        List<RouteFinding> findings =
                new RoutesCheck(home.resolve(routes), new SettingsRouteContext(settingsResult)).findings();
        boolean good = problems.stream().allMatch(SettingProblem::missing)
                && (strict
                        ? findings.isEmpty()
                        : findings.stream()
                                .allMatch(routeFinding -> routeFinding.severity() == RouteFinding.Severity.WARNING));
        if (json) {
            out.println(new CheckAsJson(good, problems, findings, routes).text());
        } else {
            tell(problems, findings, routes);
            if (problems.stream().allMatch(SettingProblem::missing)) {
                network(new HttpAccess(settingsResult.network().in(home)));
            }
            if (good) {
                boolean none = problems.isEmpty() && findings.isEmpty();
                out.println("threadpost: nothing" + (none ? "" : " else") + " is wrong with the settings ("
                        + settingsResult.source() + ") and the route files");
            }
        }
        return good ? 0 : 1;
    }

    /**
     * Looks into the mailboxes of a folder that is laid out like the one Threadpost runs in. @return the exit code: 1
     * when one does not work
     */
    int mailboxes(Path home, String profile) {
        SettingsResult settingsResult = SettingsResult.in(home, profile);
        if (!settingsResult.problems().isEmpty()) {
            err.println("threadpost: the mailboxes are looked into when all settings are right");
            return 1;
        }
        Settings settings = settingsResult.orThrow();
        HttpAccess access = new HttpAccess(settings.network().in(home));
        int code = 0;
        for (MailboxSettings mailbox : settings.mailboxes()) {
            MailboxDryRun.Result result = new MailboxDryRun(mailbox, settings.ledger(), home, access).run();
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

    private void tell(List<SettingProblem> problems, List<RouteFinding> findings, Path routes) {
        problems.forEach(settingProblem ->
                err.println("threadpost: " + (settingProblem.missing() ? "warning: " : "") + settingProblem.line()));
        findings.forEach(routeFinding -> err.println("threadpost: " + routes + "/" + routeFinding.text()));
    }
}
