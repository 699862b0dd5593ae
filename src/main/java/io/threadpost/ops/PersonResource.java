package io.threadpost.ops;

import java.util.List;
import java.util.function.Supplier;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import org.jboss.logging.Logger;

import io.threadpost.audit.AuditLog;
import io.threadpost.ledger.Ledger;
import io.threadpost.person.PersonData;
import io.threadpost.person.PersonErasure;
import io.threadpost.person.TooManyThreadsException;

/** Shows, exports and erases what is held about a person. The address is in the body, so that no log of URLs has it. */
@Audited
@Path("/api/person")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class PersonResource {
    private static final Logger LOG = Logger.getLogger(PersonResource.class);

    private final PersonData data;
    private final PersonErasure erasure;
    private final AuditLog audit;
    private final Ledger ledger;

    PersonResource(PersonData data, PersonErasure erasure, AuditLog audit, Ledger ledger) {
        this.data = data;
        this.erasure = erasure;
        this.audit = audit;
        this.ledger = ledger;
    }

    @POST
    @Path("show")
    public PersonData.Held show(String body) {
        String address = address(body);
        return refused(() -> data.held(address));
    }

    /** A zip. */
    @POST
    @Path("export")
    @Produces("application/zip")
    public Response export(String body) {
        String address = address(body);
        PersonData.Export export = refused(() -> data.export(address));
        StreamingOutput zip = export::write;
        return Response.ok(zip)
                .header("Content-Disposition", "attachment; filename=\"person.zip\"")
                .build();
    }

    @POST
    @Path("erase")
    public PersonErasure.Erased erase(String body) {
        String address = address(body);
        PersonErasure.Erased erased = refused(() -> erasure.erase(address));
        LOG.infof(
                "operator: %s is erased%s", person(address), erased.complete() ? "" : ", and something of it is left");
        return erased;
    }

    private static <T> T refused(Supplier<T> action) {
        try {
            return action.get();
        } catch (TooManyThreadsException e) {
            throw new ApiRefusal(
                    409, e.getMessage(), "it is a program's, such as a portal's; name the address of one guest");
        }
    }

    private String person(String address) {
        return ledger.write(tx -> audit.person(tx, address));
    }

    private static String address(String body) {
        String given = new ActionBody(body, List.of("address")).text("address");
        if (given == null) {
            throw new ApiRefusal(400, "it is not clear which person is meant", "send {\"address\":\"ADDRESS\"}");
        }
        return PersonData.address(given)
                .orElseThrow(() -> new ApiRefusal(
                        400, "`address` is not a mail address", "write the address alone, such as guest@example.com"));
    }
}
