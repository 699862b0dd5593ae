package io.threadpost.ops;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import io.quarkus.runtime.LaunchMode;
import org.jboss.logging.Logger;

import io.threadpost.example.ExampleMaker;
import io.threadpost.example.PassedInputs;
import io.threadpost.retry.FailureReason;
import io.threadpost.routecheck.RouteSource;
import io.threadpost.routefiles.RouteFileStatus;
import io.threadpost.routefiles.RouteFiles;

/** Makes examples for {@code threadpost test} from threads and mails that passed. */
@Audited
@Singleton
@Path("/api/examples")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ExamplesResource {
    private static final Logger LOG = Logger.getLogger(ExamplesResource.class);
    private static final java.nio.file.Path HOME = java.nio.file.Path.of("");

    final Lock making = new ReentrantLock();
    private final PassedInputs passed;
    private final RouteFiles files;

    @Inject
    ExamplesResource(PassedInputs passed, RouteFiles files) {
        this.passed = passed;
        this.files = files;
    }

    /**
     * An example.
     *
     * @param yaml its file, which names {@code example.eml} if there is a {@code mail}
     * @param mail a raw mail that cannot be written as text; null otherwise
     * @param same whether it takes the same way through the routes as the original
     */
    public record MadeExample(String yaml, byte[] mail, boolean same) {}

    /** Makes one, with invented names, addresses, ids and texts, for the versions of the routes that run. */
    @POST
    public MadeExample make(String body) {
        ActionBody action = new ActionBody(body, List.of("id", "mail"));
        if (action.has("id") == action.has("mail")) {
            throw new ApiRefusal(
                    400,
                    "it is not named of what",
                    "send {\"id\":\"ID\"} for a thread or {\"mail\":NUMBER} for a mail");
        }
        // Each runs the routes again and again, and takes a core for that: all requests of the page share the cores.
        if (!making.tryLock()) {
            throw new ApiRefusal(409, "an example is being made already", "try again in a moment");
        }
        try {
            return made(action);
        } finally {
            making.unlock();
        }
    }

    private MadeExample made(ActionBody action) {
        PassedInputs.Passed original =
                action.has("id") ? ThreadsResource.require(passed, action.text("id")) : mail(action.number("mail"));
        List<RouteSource> sources = files.statuses().stream()
                .map(RouteFileStatus::name)
                .flatMap(name -> files.lastGoodSource(name).stream().map(text -> new RouteSource(name, text)))
                .toList();
        String profile = LaunchMode.current().getDefaultProfile();
        try (ExampleMaker maker = new ExampleMaker(HOME, sources, profile)) {
            ExampleMaker.Made made = maker.make(original.given());
            LOG.infof("operator: an example was made of %s", original.key());
            return new MadeExample(made.yaml(), made.mail().orElse(null), made.same());
        } catch (ExampleMaker.Impossible e) {
            throw new ApiRefusal(409, e.getMessage(), "write the example by hand: docs/write-routes/preview.md");
        } catch (IOException e) {
            throw new ApiRefusal(
                    409, "no temporary file can be written (" + FailureReason.of(e) + ")", "check the disk of /tmp");
        }
    }

    private PassedInputs.Passed mail(long number) {
        return passed.mail(number)
                .orElseThrow(() -> new ApiRefusal(
                        404,
                        "there is no mail " + number + ", or it is purged",
                        "GET /api/mails lists those there are"));
    }
}
