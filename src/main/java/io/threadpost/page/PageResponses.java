package io.threadpost.page;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.jboss.logging.Logger;

import io.threadpost.access.Admission;
import io.threadpost.ledger.LedgerException;
import io.threadpost.ops.ApiRefusal;
import io.threadpost.retry.FailureReason;

/** Answers requests of browsers: with a page, a redirection, a download, or a page that reports what failed. */
@Singleton
final class PageResponses {
    private static final Logger LOG = Logger.getLogger(PageResponses.class);
    private static final int BLOCK = 64 << 10;
    private static final long WRITE_SECONDS = 30;
    private static final String HTML = "text/html; charset=utf-8";
    /** Templates of pages that are not refreshed: forms, and what a search would cost again. */
    private static final Set<String> STILL = Set.of("action", "person", "login", "journey", "journeys");
    /** Nothing from elsewhere, nothing inline, and no frame around it. */
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
                    + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    private final PageAccess access;
    private final Provider<PageTemplates> templates;
    private final Provider<OverviewPage> overview;

    PageResponses(PageAccess access, Provider<PageTemplates> templates, Provider<OverviewPage> overview) {
        this.access = access;
        this.templates = templates;
        this.overview = overview;
    }

    /** A page: its template, its title and what it shows. */
    record Page(String template, String title, Object shown) {}

    void answer(RoutingContext asked, int status, Page page) {
        Map<String, Object> data = new HashMap<>();
        data.put("title", page.title());
        data.put("shown", page.shown());
        data.put("alarm", page.template().equals("overview") ? OverviewPage.Alarm.NONE : alarm(asked));
        data.put("result", status == 200 ? result(asked) : "");
        Optional<Admission> admission = access.admission(asked);
        data.put("signedIn", access.hasSession(asked));
        data.put("reader", admission.isPresent() && !admission.get().mayAct());
        data.put("live", status == 200 && !STILL.contains(page.template()));
        String html = templates.get().render(page.template(), data);
        asked.response().setStatusCode(status).putHeader("Content-Type", HTML).end(html);
    }

    private OverviewPage.Alarm alarm(RoutingContext asked) {
        if (Context.isOnEventLoopThread()) {
            // Reading the ledger would block all other requests.
            return OverviewPage.Alarm.NONE;
        }
        try {
            access.requireOwnName(asked.request());
            return access.admission(asked).isPresent() ? overview.get().alarm() : OverviewPage.Alarm.NONE;
        } catch (RuntimeException e) {
            return OverviewPage.Alarm.NONE;
        }
    }

    /** @return what the last action did; the address has numbers only, so that a link cannot put words here */
    private static String result(RoutingContext asked) {
        return OperatorAction.of(RequestValues.query(asked, "done"))
                .map(action ->
                        action.result(RequestValues.number(asked, "changed"), RequestValues.number(asked, "left")))
                .orElse("");
    }

    /** The form to sign in. What it shows is the same for everybody. */
    @RegisterForReflection
    record Login(String to, String problem) {}

    void answerLogin(RoutingContext asked, int status, String problem) {
        if (!access.needsToken()) {
            redirect(asked, "/");
            return;
        }
        String to = asked.request().getParam("to");
        answer(asked, status, new Page("login", "Sign in", new Login(local(to), problem)));
    }

    /** @return an address of this page: a link must not lead elsewhere after the login */
    static String local(String address) {
        return address != null && address.matches("/[^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*") ? address : "/";
    }

    static void redirect(RoutingContext asked, String address) {
        asked.response().setStatusCode(303).putHeader("Location", address).end();
    }

    /** A download that no browser shows or runs: its sender is a stranger. Writes block until the client has read. */
    static OutputStream download(RoutingContext asked, String disposition) {
        HttpServerResponse response = asked.response()
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Disposition", disposition)
                .setChunked(true);
        return new BufferedOutputStream(
                new OutputStream() {
                    @Override
                    public void write(int single) throws IOException {
                        write(new byte[] {(byte) single}, 0, 1);
                    }

                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        send(response, Buffer.buffer(Arrays.copyOfRange(bytes, from, from + length)));
                    }
                },
                BLOCK);
    }

    private static void send(HttpServerResponse response, Buffer block) throws IOException {
        try {
            response.write(block).toCompletionStage().toCompletableFuture().get(WRITE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the client does not read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    static void protect(RoutingContext asked) {
        asked.response()
                .putHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                // Not no-referrer: browsers would send `Origin: null` with forms.
                .putHeader("Referrer-Policy", "same-origin")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin")
                .putHeader("Cache-Control", "no-store");
    }

    /** A handler of a request. */
    @FunctionalInterface
    interface Request {
        void handle(RoutingContext asked);
    }

    /** @return the handler; what it throws becomes a page */
    Handler<RoutingContext> guarded(Request request) {
        return asked -> {
            try {
                request.handle(asked);
            } catch (RuntimeException e) {
                fail(asked, e);
            }
        };
    }

    /** A request that failed: its problem and what to do. */
    @RegisterForReflection
    record Failure(String problem, String advice) {}

    private void fail(RoutingContext asked, RuntimeException failure) {
        if (failure instanceof ApiRefusal refusal) {
            Failure shown = new Failure(refusal.getMessage(), refusal.advice());
            answer(asked, refusal.status(), new Page("failure", "Not possible", shown));
            return;
        }
        LOG.errorf("a request of the operators' page failed: %s", FailureReason.of(failure));
        boolean ledger = failure instanceof LedgerException;
        Failure shown = new Failure(
                FailureReason.of(failure),
                ledger ? "Nothing was changed by what failed; try again when the ledger works." : "The log has more.");
        answer(asked, ledger ? 503 : 500, new Page("failure", "This failed", shown));
    }
}
