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
import io.threadpost.ledger.LedgerTrial;
import io.threadpost.network.HttpAccess;
import io.threadpost.settings.FolderCheck;
import io.threadpost.settings.FolderPreparation;
import io.threadpost.settings.LedgerSettings;
import io.threadpost.settings.Problem;
import io.threadpost.settings.Reading;
import io.threadpost.settings.Redactor;

/**
 * The start, in its order: settings, folders, the ledger's lock, and only then Quarkus, which binds ports, migrates the
 * ledger and runs routes.
 */
final class Start {
    private static final Logger LOG = Logger.getLogger(ThreadpostMain.class);
    private final PrintStream err;

    Start(PrintStream err) {
        this.err = err;
    }

    /** Returns 1 when the start was refused; otherwise 0, once Threadpost was asked to stop. */
    int run(Path folder, String profile) {
        Reading reading = Reading.in(folder, profile);
        List<Problem> problems = new ArrayList<>(reading.problems());
        problems.addAll(new FolderCheck(reading, folder).problems());
        FolderPreparation folders = new FolderPreparation(reading, folder);
        if (problems.isEmpty()) {
            problems.addAll(folders.prepare());
        }
        if (!problems.isEmpty()) {
            problems.forEach(problem -> err.println("threadpost: " + problem.line()));
            return 1;
        }
        LedgerSettings ledger = reading.orThrow().ledger();
        try (LedgerLock lock = LedgerLock.take(ledger)) {
            Optional<Problem> refusal = libraries(ledger, reading);
            if (refusal.isEmpty() && !reading.describesDataSource()) {
                refusal = attempt(ledger, reading);
            }
            if (refusal.isPresent()) {
                lock.discard();
                folders.undo();
                err.println("threadpost: " + refusal.get().line());
                return 1;
            }
            run(reading, folders, lock);
            return 0;
        } catch (IOException e) {
            folders.undo();
            err.println("threadpost: " + e.getMessage());
            return 1;
        }
    }

    private static Optional<Problem> libraries(LedgerSettings ledger, Reading reading) {
        if (ledger.postgresql()) {
            return Optional.empty();
        }
        try {
            NativeLibraries libraries = new NativeLibraries(ledger.folder());
            libraries.hold();
            libraries.load();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(reading.ledgerProblem(e.getMessage()));
        }
    }

    private static Optional<Problem> attempt(LedgerSettings ledger, Reading reading) {
        try {
            new LedgerTrial(ledger).run();
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(reading.ledgerProblem(StartFailure.ledger(e)));
        }
    }

    private void run(Reading reading, FolderPreparation folders, LedgerLock lock) {
        ProcessGuard.install();
        LOG.info("Settings: " + reading.source());
        HttpAccess access = new HttpAccess(reading.orThrow().network());
        if (!access.texts().isEmpty()) {
            LOG.info("Network: " + String.join(", and ", access.texts()));
        }
        access.unusable().forEach(what -> LOG.warn("Network: " + what + ", and is left aside"));
        Path routes = reading.orThrow().routes().directory();
        if (!holdsRoutes(routes)) {
            LOG.warn(
                    "Routes: `" + routes + "` holds no *.camel.yaml, so nothing is pulled; copy the route files there");
        }
        Quarkus.run(CamelMainApplication.class, (code, failure) -> ended(reading, folders, lock, code, failure));
    }

    private static boolean holdsRoutes(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.camel.yaml")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private void ended(Reading reading, FolderPreparation folders, LedgerLock lock, int code, Throwable failure) {
        if (failure != null) {
            lock.discard();
            folders.undo();
            Redactor redactor = new Redactor(reading.orThrow().secrets());
            new StartFailure(failure, ConfigProvider.getConfig(), reading)
                    .reasons()
                    .forEach(reason -> err.println("threadpost: could not start; " + redactor.redact(reason)));
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
    }
}
