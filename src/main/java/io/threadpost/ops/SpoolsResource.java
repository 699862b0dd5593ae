package io.threadpost.ops;

import java.time.Instant;
import java.util.List;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.logging.Logger;

import io.threadpost.spool.SpoolActions;
import io.threadpost.spool.SpoolStatus;
import io.threadpost.spool.Targets.Standing;

/** Lists the spools, and holds, retries, moves or discards a whole one. */
@Audited
@Path("/api/spools")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class SpoolsResource {
    private static final Logger LOG = Logger.getLogger(SpoolsResource.class);

    private final SpoolStatus status;
    private final SpoolNames names;
    private final SpoolActions actions;
    private final RedactedText redactedText;

    SpoolsResource(SpoolStatus status, SpoolNames names, SpoolActions actions, RedactedText redactedText) {
        this.status = status;
        this.names = names;
        this.actions = actions;
        this.redactedText = redactedText;
    }

    /** All spools. */
    public record All(List<Spool> spools) {}

    /**
     * A spool.
     *
     * @param waiting items waiting or in flight
     * @param age seconds that the oldest of them waits; 0 when there is none
     * @param dead dead items
     * @param paused since when and why its target is down; null when it is not known to be
     * @param held since when and why a person holds it; null when nobody does
     * @param consumers routes of this process that read it
     * @param retried items that fail again and again; null when there is none
     */
    public record Spool(
            String name,
            long waiting,
            double age,
            long dead,
            Paused paused,
            Held held,
            int consumers,
            Retried retried) {}

    /**
     * Items that failed {@code threadpost.spool.attempts} times or more and are still retried; {@code key},
     * {@code attempts} and {@code reason} are those of the oldest.
     */
    public record Retried(long items, String key, int attempts, String reason) {}

    /** A target that is down; {@code until} is the time of the next attempt. */
    public record Paused(Instant since, Instant until, String reason) {}

    /** A person's hold. */
    public record Held(Instant since, String reason) {}

    /**
     * The result of a move.
     *
     * @param moved items that changed their spool
     * @param left items in flight, which stayed
     */
    public record Moved(long moved, long left, Spool to) {}

    /**
     * The result of discarding a spool's items.
     *
     * @param discarded items discarded
     * @param left items in flight, which stayed
     */
    public record Discarded(long discarded, long left) {}

    @GET
    public All all() {
        return new All(status.spools().stream().map(this::view).toList());
    }

    @GET
    @Path("{spool}")
    public Spool one(@PathParam("spool") String spool) {
        return view(names.one(spool));
    }

    /** Holds it: nothing is delivered until it is released. */
    @POST
    @Path("{spool}/hold")
    public Spool hold(@PathParam("spool") String spool, String body) {
        ActionBody action = new ActionBody(body, List.of("reason"));
        String name = names.one(spool).name();
        String reason = action.has("reason") ? action.text("reason") : "held by an operator";
        if (actions.hold(name, reason)) {
            LOG.infof("operator: spool %s is held: %s", name, reason);
        }
        return one(name);
    }

    @POST
    @Path("{spool}/release")
    public Spool release(@PathParam("spool") String spool, String body) {
        new ActionBody(body, List.of());
        String name = names.one(spool).name();
        if (actions.release(name)) {
            LOG.infof("operator: spool %s is released", name);
        }
        return view(names.one(name));
    }

    /** Retries now what waits for its next attempt. */
    @POST
    @Path("{spool}/try")
    public Spool tryNow(@PathParam("spool") String spool, String body) {
        new ActionBody(body, List.of());
        String name = names.one(spool).name();
        actions.tryNow(name);
        LOG.infof("operator: spool %s is tried now", name);
        return one(name);
    }

    /** Moves its items to another spool. */
    @POST
    @Path("{spool}/move")
    public Moved move(@PathParam("spool") String source, String body) {
        ActionBody action = new ActionBody(body, List.of("to"));
        String from = names.one(source).name();
        if (!action.has("to")) {
            throw new ApiRefusal(400, "the destination is missing", "send {\"to\":\"NAME\"}, with the name of a spool");
        }
        SpoolStatus.Spool target = names.one(action.text("to"));
        String to = target.name();
        if (to.equals(from)) {
            throw new ApiRefusal(400, "from and to are the same spool", "name another one in `to`");
        }
        if (target.standing() == Standing.OFF) {
            throw new ApiRefusal(
                    409, "spool `" + to + "` takes nothing, its target is off", "set the target's address first");
        }
        long moved = actions.move(from, to);
        LOG.infof("operator: %d items moved from spool %s to %s", moved, from, to);
        return new Moved(moved, items(from), one(to));
    }

    /** Discards its items. */
    @POST
    @Path("{spool}/discard")
    public Discarded discard(@PathParam("spool") String spool, String body) {
        ActionBody action = new ActionBody(body, List.of("all"));
        String name = names.one(spool).name();
        if (!action.flag("all")) {
            throw new ApiRefusal(
                    400, "this removes everything from spool `" + name + "`", "send {\"all\":true} if you mean that");
        }
        long discarded = actions.discard(name);
        LOG.infof("operator: %d items of spool %s are discarded", discarded, name);
        return new Discarded(discarded, items(name));
    }

    private long items(String name) {
        return status.spools().stream()
                .filter(spool -> spool.name().equals(name))
                .mapToLong(SpoolStatus.Spool::items)
                .sum();
    }

    private Spool view(SpoolStatus.Spool spool) {
        SpoolStatus.Pause pause = spool.pause();
        SpoolStatus.Hold hold = spool.hold();
        return new Spool(
                spool.name(),
                spool.items(),
                spool.oldestMillis() / 1000.0,
                spool.dead(),
                pause == null
                        ? null
                        : new Paused(
                                Instant.ofEpochMilli(pause.since()),
                                Instant.ofEpochMilli(pause.until()),
                                redactedText.clean(pause.reason())),
                hold == null ? null : new Held(Instant.ofEpochMilli(hold.since()), redactedText.clean(hold.reason())),
                spool.drains(),
                view(spool.retried()));
    }

    private Retried view(SpoolStatus.Retried retried) {
        return retried == null
                ? null
                : new Retried(retried.items(), retried.key(), retried.failures(), redactedText.clean(retried.reason()));
    }
}
