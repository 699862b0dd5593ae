package io.threadpost;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import org.apache.camel.quarkus.main.CamelMainApplication;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.threadpost.ledger.LedgerLock;
import io.threadpost.settings.FolderCheck;
import io.threadpost.settings.FolderPreparation;
import io.threadpost.settings.Problem;
import io.threadpost.settings.Reading;

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
        try (LedgerLock lock = LedgerLock.take(reading.orThrow().ledger())) {
            run(reading, folders, lock);
            return 0;
        } catch (IOException e) {
            folders.undo();
            err.println("threadpost: " + e.getMessage());
            return 1;
        }
    }

    private void run(Reading reading, FolderPreparation folders, LedgerLock lock) {
        LOG.info("Settings: " + reading.source());
        Path routes = reading.orThrow().routes().directory();
        if (!holdsRoutes(routes)) {
            LOG.warn(
                    "Routes: `" + routes + "` holds no *.camel.yaml, so nothing is pulled; copy the route files there");
        }
        Quarkus.run(CamelMainApplication.class, (code, failure) -> ended(folders, lock, code, failure));
    }

    private static boolean holdsRoutes(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.camel.yaml")) {
            return files.iterator().hasNext();
        } catch (IOException e) {
            return false;
        }
    }

    private void ended(FolderPreparation folders, LedgerLock lock, int code, Throwable failure) {
        if (failure != null) {
            lock.discard();
            folders.undo();
            err.println(
                    "threadpost: could not start; " + new StartFailure(failure, ConfigProvider.getConfig()).reason());
        }
        ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
    }
}
