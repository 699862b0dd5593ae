package io.threadpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

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
import io.threadpost.routefiles.LastGoodSources;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.SettingsResult;

/** {@code threadpost preview}: what the routes would do with a thread or a mail. */
final class PreviewCommand implements Command {
    private static final String AGAINST = "--against";
    private static final String ID = "--id";

    @Override
    public CommandSpec spec() {
        return new CommandSyntax(
                        "preview",
                        "Shows what the routes would do with a thread or a mail. Nothing is sent, written or started.")
                .optionalParameter(
                        "FILE",
                        "a thread or a list of threads as JSON, a raw mail, or an example; - for the standard input")
                .option(
                        ID,
                        "ID",
                        "instead of a file, the thread with this Id: from the ledger, or else, through the running"
                                + " installation, from the platform; only that opens a connection")
                .option("--routes", "FOLDER", "the route files, unless they are those of the settings")
                .optionalValue(
                        AGAINST,
                        "FOLDER",
                        "show only what the routes of that folder do otherwise; without a folder, those that run now")
                .option("--connection", "NAME", "the connection it comes from, unless it is the first one")
                .flag("--json", "print one JSON object")
                .asksInstallation()
                .spec();
    }

    @Override
    public int run(ParseResult arguments, CommandContext context) throws CommandFailure, IOException {
        PreviewInput input = input(arguments, context);
        RoutesLocation location = RoutesLocation.of(arguments.matchedOptionValue("--routes", ""), context);
        boolean json = arguments.hasMatchedOption("--json");
        try (PreviewFolder folder = location.preview(context.profile())) {
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
            try (PreviewFolder folder = location.preview(context.profile())) {
                return folder.with(input.settings()).run(input.given());
            }
        }
        try (PreviewFolder folder = new PreviewFolder(context.home(), running(context), context.profile())) {
            return folder.with(input.settings()).run(input.given());
        }
    }

    /** The versions that run now, or ran last. */
    private static List<RouteSource> running(CommandContext context) throws CommandFailure, IOException {
        String advice = "; name a folder behind " + AGAINST;
        List<RouteSource> sources = inLedger(context, advice, LastGoodSources::all);
        if (sources.isEmpty()) {
            throw new CommandFailure("preview: no route file has run yet" + advice);
        }
        return sources;
    }

    /** Reads from a ledger. */
    @FunctionalInterface
    private interface LedgerQuery<T> {
        T read(DataSource ledger) throws SQLException;
    }

    /** @param advice what to do instead when there is no ledger */
    private static <T> T inLedger(CommandContext context, String advice, LedgerQuery<T> query)
            throws CommandFailure, IOException {
        SettingsResult settings = context.result();
        LedgerSettings ledger = settings.settings().ledger();
        if (settings.describesDataSource() || !ledger.postgresql() && !Files.exists(ledger.sqliteFile())) {
            throw new CommandFailure("preview: there is no ledger here that could be read" + advice);
        }
        try {
            if (!ledger.postgresql()) {
                new NativeLibraries(ledger.folder()).load();
            }
            return query.read(new LedgerDriver(ledger).source());
        } catch (SQLException e) {
            throw new CommandFailure("preview: the ledger cannot be read: " + e.getMessage() + advice);
        }
    }

    /** The ledger here comes first, so that as a rule no connection is opened. */
    private static PreviewInput byId(String id, String connection, ParseResult arguments, CommandContext context)
            throws CommandFailure, IOException {
        String missing = "";
        if (!ApiClient.isNamed(arguments)) {
            try {
                Optional<PreviewInput> kept =
                        inLedger(context, "", ledger -> PreviewInput.kept(ledger, id, connection));
                if (kept.isPresent()) {
                    return kept.get();
                }
                missing = "the ledger keeps no thread `" + id + "`";
            } catch (CommandFailure e) {
                missing = e.getMessage().replaceFirst("^preview: ", "");
            }
        }
        return asked(id, connection, missing, ApiClient.ofRoutes(arguments, context), context);
    }

    /** The running installation asks the platform, within its request budget. */
    private static PreviewInput asked(
            String id, String connection, String missing, ApiClient installation, CommandContext context)
            throws CommandFailure {
        context.err()
                .println("threadpost: " + (missing.isEmpty() ? "" : missing + "; ") + "asking the installation at "
                        + installation.url() + ", which asks the platform");
        try {
            HttpResponse<byte[]> thread = installation.getRaw("/api/threads/"
                    + URLEncoder.encode(id, StandardCharsets.UTF_8).replace("+", "%20"));
            String from = thread.headers().firstValue("Threadpost-Connection").orElse(null);
            return PreviewInput.of("", thread.body(), Path.of(""), connection == null ? from : connection);
        } catch (CommandFailure e) {
            throw new CommandFailure("preview: " + e.getMessage() + "; or save the thread to a file and name that");
        } catch (UnusableInput e) {
            throw new CommandFailure("preview: the answer of " + installation.url() + e.getMessage());
        }
    }

    private static PreviewInput input(ParseResult arguments, CommandContext context)
            throws CommandFailure, IOException {
        String file = arguments.matchedPositionalValue(0, "");
        String connection = arguments.matchedOptionValue("--connection", null);
        String id = arguments.matchedOptionValue(ID, "");
        if (file.isEmpty() == id.isEmpty()) {
            throw new CommandFailure("preview: give a file or " + ID + ", one of them; try preview --help");
        }
        if (!id.isEmpty()) {
            return byId(id, connection, arguments, context);
        }
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
