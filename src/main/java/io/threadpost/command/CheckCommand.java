package io.threadpost.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

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
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.SettingsResult;
import io.threadpost.vocabulary.ThreadpostRouteContext;

/** {@code threadpost check}: reports every problem, starts nothing, and changes nothing. */
final class CheckCommand implements Command {
    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "check",
                        "Checks the settings, the folders, the route files and the templates; starts and changes"
                                + " nothing.")
                .optionalParameter(
                        "folder", "a folder that is laid out like the working directory, or one of route files")
                .flag("--json", "print the findings as one JSON object")
                .flag("--strict", "treat warnings about route files as errors")
                .flag("--mailboxes", "log in to the mailboxes, and report what the first poll would stage")
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure {
        boolean json = arguments.hasMatchedOption("--json");
        boolean mailboxes = arguments.hasMatchedOption("--mailboxes");
        if (json && mailboxes) {
            throw new CommandFailure("check: --mailboxes cannot be combined with --json; omit one of them");
        }
        String name = arguments.matchedPositionalValue(0, "");
        Path folder = name.isEmpty() ? context.home() : RoutesLocation.folder("check: ", name);
        int code = check(folder, context, json, arguments.hasMatchedOption("--strict"));
        return mailboxes ? Math.max(code, checkMailboxes(folder, context)) : code;
    }

    /**
     * Checks a folder that is laid out like the working directory, or one with nothing but route files; then the
     * settings are those of the working directory.
     *
     * @param strict whether a warning about a route file is an error
     * @return the exit code: 1 when there is a problem. A required address or token that is not set yet is only a
     *     warning.
     */
    int check(Path folder, CommandContext context, boolean json, boolean strict) {
        boolean alone = RoutesCheck.isOfRoutes(folder);
        Path home = alone ? context.home() : folder;
        SettingsResult result = SettingsResult.in(home, context.profile());
        ConfiguredFolders folders = new ConfiguredFolders(result, home);
        List<SettingProblem> problems = new ArrayList<>(result.problems());
        if (!alone) {
            problems.addAll(folders.check());
            if (problems.stream().allMatch(SettingProblem::warning)) {
                checkLibrary(result, folders).ifPresent(problems::add);
            }
            problems.addAll(new TemplateCheck(folders.templates()).problems());
            ReplyTemplateCheck replies = new ReplyTemplateCheck(folders.templates());
            problems.addAll(replies.problems());
            result.value(SettingsCatalogue.REPLIES_TEMPLATE.key())
                    .flatMap(replies::missing)
                    .ifPresent(problems::add);
        }
        problems.addAll(result.notices());
        Path routes = alone ? folder : folders.routes();
        List<RouteFinding> findings = new RoutesCheck(
                        home.resolve(routes),
                        new ThreadpostRouteContext(result::value, result::keys, result.secretSearch()),
                        result::value)
                .findings();
        boolean good = problems.stream().allMatch(SettingProblem::warning)
                && (strict
                        ? findings.isEmpty()
                        : findings.stream().allMatch(finding -> finding.severity() == RouteFinding.Severity.WARNING));
        if (json) {
            context.out().println(new CheckAsJson(good, problems, findings, routes).text());
        } else {
            report(context, problems, findings, routes);
            if (problems.stream().allMatch(SettingProblem::warning)) {
                reportNetwork(context, new HttpAccess(result.network().in(home)));
            }
            if (good) {
                boolean none = problems.isEmpty() && findings.isEmpty();
                context.out()
                        .println("threadpost: no " + (none ? "" : "other ") + "problem in the settings ("
                                + result.source() + ") and the route files");
            }
        }
        return good ? 0 : 1;
    }

    /**
     * Logs in to every mailbox, and reports what its first poll would stage.
     *
     * @return 1 when one does not work
     */
    private static int checkMailboxes(Path home, CommandContext context) {
        SettingsResult result = SettingsResult.in(home, context.profile());
        if (!result.problems().isEmpty()) {
            context.err().println("threadpost: mailboxes are checked only when all settings are valid");
            return 1;
        }
        Settings settings = result.orThrow();
        HttpAccess access = new HttpAccess(settings.network().in(home));
        int code = 0;
        for (MailboxSettings mailbox : settings.mailboxes()) {
            MailboxDryRun.Result dryRun = new MailboxDryRun(mailbox, settings.ledger(), home, access).run();
            (dryRun.works() ? context.out() : context.err()).println("threadpost: " + dryRun.line());
            code = dryRun.works() ? code : 1;
        }
        if (settings.mailboxes().isEmpty()) {
            context.out().println("threadpost: there is no mailbox: threadpost.mail.host is not set");
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

    private static void reportNetwork(CommandContext context, HttpAccess access) {
        access.texts().forEach(text -> context.out().println("threadpost: requests over HTTP use " + text));
        access.unusable().forEach(what -> context.err().println("threadpost: warning: " + what + ", and is ignored"));
    }

    private static void report(
            CommandContext context, List<SettingProblem> problems, List<RouteFinding> findings, Path routes) {
        problems.forEach(problem ->
                context.err().println("threadpost: " + (problem.warning() ? "warning: " : "") + problem.line()));
        findings.forEach(finding -> context.err().println("threadpost: " + routes + "/" + finding.text()));
    }

    /**
     * What {@code check --json} prints. A problem with the settings has the file's name and line where it was made in
     * the file; {@code key} names the setting.
     *
     * @param routes the folder of the route files, as the settings name it
     */
    record CheckAsJson(boolean good, List<SettingProblem> problems, List<RouteFinding> findings, Path routes) {
        private static final Pattern IN_FILE = Pattern.compile("(.+):(\\d+)");

        String text() {
            ObjectNode result = JsonNodeFactory.instance.objectNode();
            result.put("ok", good);
            ArrayNode list = result.putArray("findings");
            problems.forEach(settingProblem -> problem(settingProblem, list.addObject()));
            findings.forEach(routeFinding -> finding(routeFinding, list.addObject()));
            return result.toString();
        }

        private static void problem(SettingProblem settingProblem, ObjectNode json) {
            Matcher place = IN_FILE.matcher(settingProblem.place());
            boolean inFile = place.matches();
            String[] words = settingProblem.what().split("; ", 2);
            json.put("severity", settingProblem.warning() ? "warning" : "error");
            json.put("file", inFile ? place.group(1) : "application.properties");
            json.put("line", inFile ? Integer.parseInt(place.group(2)) : 0);
            json.put("column", 0);
            json.put("key", settingProblem.key());
            json.put(
                    "problem",
                    inFile || settingProblem.place().isEmpty() ? words[0] : settingProblem.place() + ": " + words[0]);
            json.put("advice", words.length > 1 ? words[1] : "");
        }

        private void finding(RouteFinding routeFinding, ObjectNode json) {
            json.put("severity", routeFinding.severity().name().toLowerCase(Locale.ROOT));
            json.put("file", routes.resolve(routeFinding.file()).toString());
            json.put("line", routeFinding.line());
            json.put("column", routeFinding.column());
            json.put("problem", routeFinding.problem());
            json.put("advice", routeFinding.advice());
        }
    }
}
