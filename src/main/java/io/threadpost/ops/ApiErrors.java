package io.threadpost.ops;

import java.nio.channels.ClosedChannelException;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.http.HttpClosedException;
import org.jboss.logging.Logger;

import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.FailureReason;

/** Maps every failure to one line of JSON: the problem, and what to do. */
@jakarta.ws.rs.ext.Provider
public class ApiErrors implements ExceptionMapper<Throwable> {
    private static final Logger LOG = Logger.getLogger(ApiErrors.class);

    private final Provider<RedactedText> words;

    /** @param words looked up at a failure: a mapper is created at build time, when there are no settings yet */
    @Inject
    ApiErrors(Provider<RedactedText> words) {
        this.words = words;
    }

    /** The body of the response. No resource returns it, so the build does not register it by itself. */
    @RegisterForReflection
    public record Failure(String problem, String advice) {}

    @Override
    public Response toResponse(Throwable failure) {
        if (failure instanceof ApiRefusal refusal) {
            return answer(refusal.status(), refusal.getMessage(), refusal.advice());
        }
        if (failure instanceof WebApplicationException http) {
            return known(http.getResponse().getStatus());
        }
        if (failure instanceof ClosedChannelException || failure instanceof HttpClosedException) {
            return known(400);
        }
        LOG.errorf("an operator's request failed: %s", FailureReason.of(failure));
        return failure instanceof LedgerException
                ? answer(
                        503,
                        FailureReason.of(failure),
                        "nothing was changed by what failed; ask again when the ledger works")
                : answer(500, FailureReason.of(failure), "see the log for the cause");
    }

    private Response known(int status) {
        return switch (status) {
            case 404 ->
                answer(
                        status,
                        "there is nothing here",
                        "look with GET, act with POST; addresses begin with /api/spools, /api/mails, "
                                + "/api/mailboxes, /api/replies or /api/targets");
            case 405 -> answer(status, "this address has no such method", "look with GET, act with POST");
            case 413 -> answer(status, "the body is too large", "send a smaller body");
            default -> answer(status, "the request cannot be understood", "see docs/operate/actions.md");
        };
    }

    private Response answer(int status, String problem, String advice) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new Failure(words.get().clean(problem), advice))
                .build();
    }
}
