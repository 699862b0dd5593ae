package io.threadpost;

import java.net.BindException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;

import io.quarkus.runtime.QuarkusBindException;
import io.smallrye.config.ConfigValidationException;
import org.eclipse.microprofile.config.Config;

import io.threadpost.settings.SettingsResult;

/**
 * Why Quarkus failed to start, for people.
 *
 * @param failure what it threw
 * @param config the running configuration
 * @param settings the settings and their origins
 */
record StartFailure(Throwable failure, Config config, SettingsResult settings) {
    private static final String MANAGEMENT = "quarkus.management.port";

    /** One line each; several only for values that Quarkus refuses. */
    List<String> reasons() {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConfigValidationException refusal) {
                return IntStream.range(0, refusal.getProblemCount())
                        .mapToObj(i -> settings.quarkusProblem(
                                        refusal.getProblem(i).getMessage())
                                .line())
                        .toList();
            }
        }
        return List.of(reason());
    }

    private String reason() {
        Throwable last = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof QuarkusBindException bind) {
                return port(bind.getPort() == management() ? MANAGEMENT : "quarkus.http.port", bind.getPort());
            }
            if (cause instanceof BindException) {
                // Only the management interface fails without naming its port.
                return port(MANAGEMENT, management());
            }
            if (cause instanceof SQLException refusal) {
                return settings.ledgerProblem(ledger(refusal)).line();
            }
            if (cause instanceof FileSystemException file) {
                return file.getFile() + " cannot be used: "
                        + (file.getReason() == null ? file.getClass().getSimpleName() : file.getReason())
                        + "; if it is in the folder for temporary files, set another by java -Djava.io.tmpdir=FOLDER";
            }
            last = cause;
        }
        return "see the log (" + last.getClass().getSimpleName() + ")";
    }

    /** The error of the ledger's database, and what to do about it, in one line. */
    static String ledger(SQLException refusal) {
        return "the database cannot be used: " + line(refusal)
                + "; check the URL, the user and the password, or choose another database";
    }

    /** The error of a database that may be there in a moment. */
    static String ledgerIsAway(SQLException refusal) {
        return "the database cannot be reached: " + line(refusal)
                + "; start again when it is up (exit code 75), or check the host and the port in the URL";
    }

    private static String line(SQLException refusal) {
        return String.valueOf(refusal.getMessage()).replaceAll("\\s+", " ").replaceAll("[. ]+$", "");
    }

    private int management() {
        return config.getOptionalValue(MANAGEMENT, Integer.class).orElse(9000);
    }

    private static String port(String key, int port) {
        return "port " + port + " is in use or not allowed; stop what uses it, or set " + key + " to another";
    }
}
