package io.threadpost;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.threadpost.digest.TemplateCheck;
import io.threadpost.disk.NativeLibraries;
import io.threadpost.mailbox.MailboxDryRun;
import io.threadpost.network.HttpAccess;
import io.threadpost.reply.ReplyTemplateCheck;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.settings.ConfiguredFolders;
import io.threadpost.settings.MailboxSettings;
import io.threadpost.settings.SettingProblem;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsResult;
import io.threadpost.vocabulary.ThreadpostRouteContext;

/** {@code threadpost check}: reports every problem, starts nothing, and changes nothing. */
final class CheckCommand {
    private final PrintStream out;
    private final PrintStream err;

    CheckCommand(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /**
     * Checks a folder that is laid out like the working directory, or one with nothing but route files; then the
     * settings are those of the working directory.
     *
     * @param strict whether a warning about a route file is an error
     * @return the exit code: 1 when there is a problem. A required address or token that is not set yet is only a
     *     warning.
     */
    int run(Path folder, String profile, boolean json, boolean strict) {
        boolean alone = RoutesCheck.isOfRoutes(folder);
        Path home = alone ? Path.of("") : folder;
        SettingsResult result = SettingsResult.in(home, profile);
        ConfiguredFolders folders = new ConfiguredFolders(result, home);
        List<SettingProblem> problems = new ArrayList<>(result.problems());
        if (!alone) {
            problems.addAll(folders.check());
            if (problems.stream().allMatch(SettingProblem::warning)) {
                checkLibrary(result, folders).ifPresent(problems::add);
            }
            problems.addAll(new TemplateCheck(folders.templates()).problems());
            problems.addAll(new ReplyTemplateCheck(folders.templates()).problems());
        }
        problems.addAll(result.notices());
        Path routes = alone ? folder : folders.routes();
        List<RouteFinding> findings = new RoutesCheck(
                        home.resolve(routes),
                        new ThreadpostRouteContext(result::value, result::keys, result.secretSearch()))
                .findings();
        boolean good = problems.stream().allMatch(SettingProblem::warning)
                && (strict
                        ? findings.isEmpty()
                        : findings.stream().allMatch(finding -> finding.severity() == RouteFinding.Severity.WARNING));
        if (json) {
            out.println(new CheckAsJson(good, problems, findings, routes).text());
        } else {
            report(problems, findings, routes);
            if (problems.stream().allMatch(SettingProblem::warning)) {
                reportNetwork(new HttpAccess(result.network().in(home)));
            }
            if (good) {
                boolean none = problems.isEmpty() && findings.isEmpty();
                out.println("threadpost: no " + (none ? "" : "other ") + "problem in the settings (" + result.source()
                        + ") and the route files");
            }
        }
        return good ? 0 : 1;
    }

    /**
     * Logs in to every mailbox, and reports what its first poll would stage.
     *
     * @return 1 when one does not work
     */
    int mailboxes(Path home, String profile) {
        SettingsResult result = SettingsResult.in(home, profile);
        if (!result.problems().isEmpty()) {
            err.println("threadpost: mailboxes are checked only when all settings are valid");
            return 1;
        }
        Settings settings = result.orThrow();
        HttpAccess access = new HttpAccess(settings.network().in(home));
        int code = 0;
        for (MailboxSettings mailbox : settings.mailboxes()) {
            MailboxDryRun.Result dryRun = new MailboxDryRun(mailbox, settings.ledger(), home, access).run();
            (dryRun.works() ? out : err).println("threadpost: " + dryRun.line());
            code = dryRun.works() ? code : 1;
        }
        if (settings.mailboxes().isEmpty()) {
            out.println("threadpost: there is no mailbox: threadpost.mail.host is not set");
        }
        return code;
    }

    /** Loads the database's library as the start would, from a folder that is deleted when the process ends. */
    private static Optional<SettingProblem> checkLibrary(SettingsResult result, ConfiguredFolders folders) {
        if (folders.ledger().isEmpty()) {
            return Optional.empty();
        }
        Path nearest = folders.ledger().get().toAbsolutePath().normalize().getParent();
        while (!Files.isDirectory(nearest)) {
            nearest = nearest.getParent();
        }
        String name = "";
        try {
            Path folder = Files.createTempDirectory(nearest, ".threadpost-");
            name = folder.toString();
            folder.toFile().deleteOnExit();
            new NativeLibraries(folder).load();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(result.ledgerProblem(e.getMessage().replace(name, nearest.toString())));
        }
    }

    private void reportNetwork(HttpAccess access) {
        access.texts().forEach(text -> out.println("threadpost: requests over HTTP use " + text));
        access.unusable().forEach(what -> err.println("threadpost: warning: " + what + ", and is ignored"));
    }

    private void report(List<SettingProblem> problems, List<RouteFinding> findings, Path routes) {
        problems.forEach(
                problem -> err.println("threadpost: " + (problem.warning() ? "warning: " : "") + problem.line()));
        findings.forEach(finding -> err.println("threadpost: " + routes + "/" + finding.text()));
    }
}
