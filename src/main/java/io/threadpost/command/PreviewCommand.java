package io.threadpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

import io.threadpost.disk.NativeLibraries;
import io.threadpost.ledger.LedgerDriver;
import io.threadpost.preview.LineDifference;
import io.threadpost.preview.Preview;
import io.threadpost.preview.PreviewFolder;
import io.threadpost.preview.PreviewInput;
import io.threadpost.preview.PreviewJson;
import io.threadpost.preview.PreviewText;
import io.threadpost.preview.UnloadableRoutes;
import io.threadpost.preview.UnusableInput;
import io.threadpost.routecheck.RouteSource;
import io.threadpost.routefiles.RunningSources;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.SettingsResult;

/** {@code threadpost preview}: what the routes would do with a thread or a mail. */
final class PreviewCommand implements Command {
    private static final String AGAINST = "--against";

    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "preview",
                        "Shows what the routes would do with a thread or a mail. Nothing is sent, written or started.")
                .parameter(
                        "FILE",
                        "a thread or a list of threads as JSON, a raw mail, or an example; - for the standard input")
                .option("--routes", "FOLDER", "the route files, unless they are those of the settings")
                .optionalValue(
                        AGAINST,
                        "FOLDER",
                        "show only what the routes of that folder do otherwise; without a folder, those that run now")
                .option("--connection", "NAME", "the connection it comes from, unless it is the first one")
                .flag("--json", "print one JSON object")
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        PreviewInput input = input(arguments);
        RoutesLocation location = RoutesLocation.of(arguments.matchedOptionValue("--routes", ""), context);
        boolean json = arguments.hasMatchedOption("--json");
        try (PreviewFolder folder = new PreviewFolder(location.home(), location.routes(), context.profile())) {
            Preview.Result result = folder.with(input.settings()).run(input.given());
            if (arguments.hasMatchedOption(AGAINST)) {
                Preview.Result before = against(arguments.matchedOptionValue(AGAINST, ""), context, input);
                difference(before, result, json, context);
            } else if (json) {
                context.out().println(PreviewJson.of(result).put("ok", true));
            } else {
                PreviewText.of(result).forEach(context.out()::println);
            }
            return 0;
        } catch (UnloadableRoutes e) {
            report(e, json, context);
            return 1;
        }
    }

    private static void report(UnloadableRoutes problems, boolean json, CommandContext context) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("ok", false);
            ArrayNode lines = node.putArray("problems");
            problems.getMessage().lines().forEach(lines::add);
            context.out().println(node);
        } else {
            problems.getMessage().lines().forEach(line -> context.err().println("threadpost: " + line));
        }
    }

    private static void difference(Preview.Result before, Preview.Result after, boolean json, CommandContext context) {
        List<String> lines = LineDifference.of(PreviewText.comparable(before), PreviewText.comparable(after));
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode().put("ok", true);
            node.put("changes", !lines.isEmpty());
            lines.forEach(node.putArray("difference")::add);
            node.set("before", PreviewJson.of(before));
            node.set("after", PreviewJson.of(after));
            context.out().println(node);
        } else if (lines.isEmpty()) {
            context.out().println("threadpost: nothing changes");
        } else {
            lines.forEach(context.out()::println);
        }
    }

    private static Preview.Result against(String name, CommandContext context, PreviewInput input)
            throws CommandFailure, IOException, UnloadableRoutes {
        if (!name.isEmpty()) {
            RoutesLocation location = RoutesLocation.of(name, context);
            try (PreviewFolder folder = new PreviewFolder(location.home(), location.routes(), context.profile())) {
                return folder.with(input.settings()).run(input.given());
            }
        }
        try (PreviewFolder folder = new PreviewFolder(context.home(), running(context), context.profile())) {
            return folder.with(input.settings()).run(input.given());
        }
    }

    /** The versions that run now, or ran last. */
    private static List<RouteSource> running(CommandContext context) throws CommandFailure, IOException {
        SettingsResult settings = context.result();
        LedgerSettings ledger = settings.settings().ledger();
        if (settings.describesDataSource() || !ledger.postgresql() && !Files.exists(ledger.sqliteFile())) {
            throw new CommandFailure(
                    "preview: there is no ledger that tells which routes run; name a folder behind " + AGAINST);
        }
        try {
            if (!ledger.postgresql()) {
                new NativeLibraries(ledger.folder()).load();
            }
            List<RouteSource> sources = new RunningSources(new LedgerDriver(ledger).source()).read();
            if (!sources.isEmpty()) {
                return sources;
            }
        } catch (SQLException e) {
            throw new CommandFailure(
                    "preview: the ledger cannot be read: " + e.getMessage() + "; name a folder behind " + AGAINST);
        }
        throw new CommandFailure("preview: no route file has run yet; name a folder behind " + AGAINST);
    }

    private static PreviewInput input(ParseResult arguments) throws CommandFailure, IOException {
        String file = arguments.matchedPositionalValue(0, "");
        String connection = arguments.matchedOptionValue("--connection", null);
        try {
            if (file.equals("-")) {
                try (InputStream in = System.in) {
                    return PreviewInput.of("", in.readAllBytes(), Path.of(""), connection);
                }
            }
            Path path = Path.of(file);
            if (Files.isDirectory(path)) {
                throw new CommandFailure("preview: `" + file + "` is a folder; name a file");
            }
            return PreviewInput.of(
                    file, Files.readAllBytes(path), path.toAbsolutePath().getParent(), connection);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new CommandFailure("preview: there is no file `" + file + "`");
        } catch (UnusableInput e) {
            throw new CommandFailure("preview: " + (file.equals("-") ? "standard input" : file) + e.getMessage());
        }
    }
}
