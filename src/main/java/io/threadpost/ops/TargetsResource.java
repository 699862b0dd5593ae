package io.threadpost.ops;

import java.util.List;
import java.util.stream.Stream;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.logging.Logger;

import io.threadpost.routecheck.NearestWord;
import io.threadpost.settings.TargetSystem;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.Targets;

/** Acts on targets. */
@Audited
@Path("/api/targets")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TargetsResource {
    private static final Logger LOG = Logger.getLogger(TargetsResource.class);

    private final Targets targets;
    private final SpoolStatus status;

    TargetsResource(Targets targets, SpoolStatus status) {
        this.targets = targets;
        this.status = status;
    }

    /**
     * The result of forgetting a target.
     *
     * @param forgotten false when it was not known any more
     * @param left its spools that are not empty
     */
    public record Forgotten(String target, boolean forgotten, List<Left> left) {}

    /** A spool that is not empty. */
    public record Left(String spool, long waiting, long dead) {}

    /** Forgets a target that is off: what is sent to its spools is skipped from now on. */
    @POST
    @Path("{target}/forget")
    public Forgotten forget(@PathParam("target") String name, String body) {
        new ActionBody(body, List.of());
        TargetSystem targetSystem = one(name);
        if (targets.on(targetSystem)) {
            throw new ApiRefusal(
                    409,
                    "target `" + name + "` is on, since " + String.join(" and ", targetSystem.switchKeys()) + " is set",
                    "empty " + targetSystem.switchKeys().get(0) + " and start again, on every node");
        }
        boolean forgotten = targets.forget(targetSystem);
        if (forgotten) {
            LOG.infof("operator: target %s is given up", name);
        }
        List<Left> left = status.spools().stream()
                .filter(spool -> TargetSystem.of(spool.name())
                        .filter(targetSystem::equals)
                        .isPresent())
                .filter(spool -> spool.items() + spool.dead() > 0)
                .map(spool -> new Left(spool.name(), spool.items(), spool.dead()))
                .toList();
        return new Forgotten(name, forgotten, left);
    }

    private static TargetSystem one(String name) {
        List<String> names =
                Stream.of(TargetSystem.values()).map(TargetSystem::id).toList();
        return Stream.of(TargetSystem.values())
                .filter(targetSystem -> targetSystem.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new ApiRefusal(
                        404,
                        "there is no target `" + name + "`",
                        new NearestWord(names)
                                .likely(name)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse("there are `" + String.join("`, `", names) + "`")));
    }
}
