package io.threadpost.ops;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.time.Instant;
import java.util.List;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.logging.Logger;

import io.threadpost.retry.FailureReason;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFileVersion;
import io.threadpost.routefiles.RouteFiles;
import io.threadpost.routefiles.SourceDifference;

/** Lists the route files and the last versions of each that ran, and goes back to one of them. */
@Audited
@Path("/api/route-files")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class RouteFilesResource {
    private static final Logger LOG = Logger.getLogger(RouteFilesResource.class);

    private final RouteFiles files;
    private final RedactedText redactedText;

    @Inject
    RouteFilesResource(RouteFiles files, RedactedText redactedText) {
        this.files = files;
        this.redactedText = redactedText;
    }

    /** All route files in the folder. */
    public record All(List<File> files) {}

    /**
     * A route file.
     *
     * @param since when its running version began to run; null when none runs
     * @param routes ids of its running routes
     * @param broken whether the version in the folder cannot run
     * @param findings errors and warnings about the version in the folder, a line each
     */
    public record File(String name, Instant since, List<String> routes, boolean broken, List<String> findings) {}

    /** The last versions of a file that ran, different ones, the newest first. */
    public record Versions(String file, List<Version> versions) {}

    /**
     * A version.
     *
     * @param since when it began to run, for the last time
     * @param inFolder whether the folder has it now
     * @param difference what going back to it changes in the folder: lines that begin with {@code -} or {@code +}, with
     *     those around them
     */
    public record Version(long id, Instant since, boolean inFolder, List<String> difference) {}

    /** A version with its text. */
    public record Source(String file, long id, Instant since, String source) {}

    /**
     * The result of going back.
     *
     * @param changed false when the folder had that version already
     */
    public record Restored(String file, long version, boolean changed) {}

    @GET
    public All all() {
        return new All(files.statuses().stream().map(this::view).toList());
    }

    @GET
    @Path("{file}/versions")
    public Versions versions(@PathParam("file") String file) {
        List<RouteFileVersion> versions = require(file);
        String now = files.source(file).orElse("");
        return new Versions(
                file,
                versions.stream()
                        .map(version -> new Version(
                                version.id(),
                                version.since(),
                                version.source().equals(now),
                                SourceDifference.of(now, version.source()).stream()
                                        .map(redactedText::clean)
                                        .toList()))
                        .toList());
    }

    @GET
    @Path("{file}/versions/{version}")
    public Source version(@PathParam("file") String file, @PathParam("version") String version) {
        RouteFileVersion found = require(file, QueryParameters.number("version", version, 1, Long.MAX_VALUE));
        return new Source(file, found.id(), found.since(), redactedText.clean(found.source()));
    }

    /** Saves a version that ran in the folder; it is then checked and swapped like any edit. */
    @POST
    @Path("{file}/restore")
    public Restored restore(@PathParam("file") String file, String body) {
        ActionBody action = new ActionBody(body, List.of("version"));
        if (!action.has("version")) {
            throw new ApiRefusal(
                    400,
                    "it is not named which version",
                    "send {\"version\":ID}; GET /api/route-files/" + file + "/versions lists them");
        }
        RouteFileVersion version = require(file, action.number("version"));
        if (files.source(file).filter(version.source()::equals).isPresent()) {
            return new Restored(file, version.id(), false);
        }
        try {
            files.save(file, version.source());
        } catch (IOException e) {
            throw refusal(file, version, e);
        }
        LOG.infof("operator: route file %s is restored as of %s, version %d", file, version.since(), version.id());
        return new Restored(file, version.id(), true);
    }

    private static ApiRefusal refusal(String file, RouteFileVersion version, IOException e) {
        boolean readOnly = e instanceof AccessDeniedException
                || e instanceof FileSystemException
                        && String.valueOf(e.getMessage()).contains("Read-only");
        return new ApiRefusal(
                409,
                readOnly
                        ? "the folder of route files is read-only for this process, so nothing was changed"
                        : "the route file cannot be written (" + FailureReason.of(e) + "), so nothing was changed",
                readOnly
                        ? "restore the file where the folder comes from, such as Git or a ConfigMap: GET"
                                + " /api/route-files/" + file + "/versions/" + version.id() + " is its text"
                        : "check the folder's disk, and try again");
    }

    private RouteFileVersion require(String file, long id) {
        return require(file).stream()
                .filter(version -> version.id() == id)
                .findFirst()
                .orElseThrow(() -> new ApiRefusal(
                        404,
                        "there is no version " + id + " of `" + file + "`",
                        "the last ten that ran are kept: GET /api/route-files/" + file + "/versions"));
    }

    private List<RouteFileVersion> require(String file) {
        List<RouteFileVersion> versions = files.versions(file);
        if (versions.isEmpty()
                && files.statuses().stream().noneMatch(status -> status.name().equals(file))) {
            throw new ApiRefusal(
                    404, "there is no route file `" + file + "`", "GET /api/route-files lists those of the folder");
        }
        return versions;
    }

    private File view(RouteFileStatus status) {
        return new File(
                status.name(),
                status.since(),
                status.routes(),
                status.broken(),
                status.findings().stream()
                        .map(finding -> redactedText.clean(finding.text()))
                        .toList());
    }
}
