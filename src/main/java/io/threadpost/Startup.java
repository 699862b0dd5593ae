package io.threadpost;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import org.apache.camel.quarkus.main.CamelMainApplication;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.threadpost.disk.NativeLibraries;
import io.threadpost.errors.ProcessGuard;
import io.threadpost.ledger.LedgerLock;
import io.threadpost.ledger.LedgerStartupCheck;
import io.threadpost.network.HttpAccess;
import io.threadpost.secrets.Redactor;
import io.threadpost.settings.ConfiguredFolders;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.SettingProblem;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.SettingsResult;

/**
 * The steps of the start, in their order: settings, folders, the ledger's lock, and only then Quarkus, which binds
 * ports, migrates the ledger and runs routes.
 */
final class Startup {
    private static final Logger LOG = Logger.getLogger(Startup.class);
    /** EX_TEMPFAIL of sysexits.h: supervisors start the process again, as they do not after a wrong setting. */
    private static final int TEMPORARY_FAILURE = 75;

    private final PrintStream err;
    private boolean ledgerIsAway;

    Startup(PrintStream err) {
        this.err = err;
    }

    /**
     * Returns 1 when the start is refused, 75 when the ledger's database cannot be reached; otherwise 0, after a
     * graceful stop.
     */
    int run(Path folder, String profile) {
        SettingsResult result = SettingsResult.in(folder, profile);
        List<SettingProblem> problems = new ArrayList<>(result.problems());
        ConfiguredFolders folders = new ConfiguredFolders(result, folder);
        problems.addAll(folders.check());
        if (problems.isEmpty()) {
            problems.addAll(folders.prepare());
        }
        if (!problems.isEmpty()) {
            problems.forEach(problem -> err.println("threadpost: " + problem.line()));
            return 1;
        }
        LedgerSettings ledger = result.orThrow().ledger();
        try (LedgerLock lock = LedgerLock.take(ledger)) {
            Optional<SettingProblem> refusal = loadLibraries(ledger, result);
            if (refusal.isEmpty() && !result.describesDataSource()) {
                refusal = openLedger(ledger, result);
            }
            if (refusal.isPresent()) {
                lock.discard();
                folders.undo();
                err.println("threadpost: " + refusal.get().line());
                return ledgerIsAway ? TEMPORARY_FAILURE : 1;
            }
            run(result, folders, lock);
            return 0;
        } catch (IOException e) {
            folders.undo();
            err.println("threadpost: " + e.getMessage());
            return 1;
        }
    }

    private static Optional<SettingProblem> loadLibraries(LedgerSettings ledger, SettingsResult result) {
        if (ledger.postgresql()) {
            return Optional.empty();
        }
        try {
            NativeLibraries libraries = new NativeLibraries(ledger.folder());
            libraries.hold();
            libraries.load();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(result.ledgerProblem(e.getMessage()));
        }
    }

    private Optional<SettingProblem> openLedger(LedgerSettings ledger, SettingsResult result) {
        try {
            return new LedgerStartupCheck(ledger).run().map(result::ledgerProblem);
        } catch (SQLException e) {
            ledgerIsAway = ledger.postgresql() && LedgerStartupCheck.temporary(e);
            return Optional.of(
                    result.ledgerProblem(ledgerIsAway ? StartFailure.ledgerIsAway(e) : StartFailure.ledger(e)));
        }
    }

    private void run(SettingsResult result, ConfiguredFolders folders, LedgerLock lock) {
        ProcessGuard.install();
        LOG.info("Settings: " + result.source());
        result.notices().forEach(notice -> LOG.warn("Settings: " + notice.line()));
        HttpAccess access = new HttpAccess(result.orThrow().network());
        if (!access.texts().isEmpty()) {
            LOG.info("Network: " + String.join(", and ", access.texts()));
        }
        access.unusable().forEach(what -> LOG.warn("Network: " + what + ", and is ignored"));
        Path routes = result.orThrow().get(SettingsCatalogue.ROUTES_DIRECTORY);
        if (!hasRouteFiles(routes)) {
            LOG.warn("Routes: `" + routes + "` has no *.camel.yaml, so nothing is pulled; copy the route files there");
        }
        Quarkus.run(CamelMainApplication.class, (code, failure) -> ended(result, folders, lock, code, failure));
    }

    private static boolean hasRouteFiles(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.camel.yaml")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private void ended(SettingsResult result, ConfiguredFolders folders, LedgerLock lock, int code, Throwable failure) {
        if (failure != null) {
            lock.discard();
            folders.undo();
            Redactor redactor = new Redactor(result.orThrow().secrets());
            new StartFailure(failure, ConfigProvider.getConfig(), result)
                    .reasons()
                    .forEach(reason -> err.println("threadpost: could not start; " + redactor.redact(reason)));
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
    }
}
