package io.threadpost.page;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.Context;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.jboss.logging.Logger;

import io.threadpost.ledger.LedgerException;
import io.threadpost.ops.ApiRefusal;
import io.threadpost.ops.OperatorContext;
import io.threadpost.ops.WrongTokens;
import io.threadpost.retry.FailureReason;

/** The addresses of the page. What is not among them is answered by the API, with its own guard. */
@ApplicationScoped
public class PageServer {
    private static final Logger LOG = Logger.getLogger(PageServer.class);
    /** Before the API, which answers whatever is left. */
    private static final int ORDER = 1;

    private static final long LARGEST_FORM = 16 << 10;
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
    private final Provider<WrongTokens> wrongTokens;
    private final Provider<OverviewPage> overview;
    private final Provider<SpoolPage> spools;
    private final Provider<MailPage> mails;
    private final Provider<RouteFilePage> files;
    private final Provider<ThreadPage> threads;
    private final Provider<ConversationPage> conversations;
    private final Provider<JourneyPage> journeys;
    private final Provider<ActionPage> actions;
    private final Provider<AuditPage> audit;
    private final Provider<PersonPage> persons;
    private final Provider<BackfillsPage> backfills;
    private final Provider<OperatorContext> operators;
    private final Provider<SystemPage> system;

    /** The pages are looked up at a request: addresses are registered before the ledger is open. */
    @Inject
    PageServer(
            PageAccess access,
            Provider<PageTemplates> templates,
            Provider<WrongTokens> wrongTokens,
            Provider<OverviewPage> overview,
            Provider<SpoolPage> spools,
            Provider<MailPage> mails,
            Provider<RouteFilePage> files,
            Provider<ThreadPage> threads,
            Provider<ConversationPage> conversations,
            Provider<JourneyPage> journeys,
            Provider<ActionPage> actions,
            Provider<AuditPage> audit,
            Provider<PersonPage> persons,
            Provider<BackfillsPage> backfills,
            Provider<OperatorContext> operators,
            Provider<SystemPage> system) {
        this.access = access;
        this.templates = templates;
        this.wrongTokens = wrongTokens;
        this.overview = overview;
        this.spools = spools;
        this.mails = mails;
        this.files = files;
        this.threads = threads;
        this.conversations = conversations;
        this.journeys = journeys;
        this.actions = actions;
        this.audit = audit;
        this.persons = persons;
        this.backfills = backfills;
        this.operators = operators;
        this.system = system;
    }

    /** A page: its template, its title and what it shows. */
    private record Page(String template, String title, Object shown) {}

    void register(@Observes Router router) {
        asset(router, "/page.css", "text/css; charset=utf-8");
        asset(router, "/page.js", "text/javascript; charset=utf-8");
        asset(router, "/icon.svg", "image/svg+xml");
        seen(router, "/").blockingHandler(guarded(this::overview), false);
        page(router, "/spools/:spool", asked -> {
            SpoolPage.View view = spools.get().view(asked.pathParam("spool"), number(asked, "after"));
            return new Page("spool", view.title(), view);
        });
        page(router, "/spools/:spool/dead/:id", asked -> {
            SpoolPage.DeadView view = spools.get().dead(asked.pathParam("spool"), asked.pathParam("id"));
            return new Page("dead", "Dead item " + view.item().id(), view);
        });
        page(
                router,
                "/mails",
                asked -> new Page(
                        "mails",
                        "Mails",
                        mails.get().list(query(asked, "state"), query(asked, "mailbox"), number(asked, "after"))));
        page(router, "/mails/:number", asked -> {
            MailPage.View view = mails.get().view(number(asked, "number"));
            return new Page("mail", "Mail " + view.mail().number(), view);
        });
        page(
                router,
                "/backfills",
                asked -> new Page("backfills", "Backfills", backfills.get().view()));
        page(router, "/routes/:file", asked -> {
            RouteFilePage.View view = files.get().view(asked.pathParam("file"));
            return new Page("route-file", view.name(), view);
        });
        page(
                router,
                "/threads/:key",
                asked -> new Page("thread", "Thread", threads.get().view(asked.pathParam("key"))));
        page(
                router,
                "/audit",
                asked -> new Page("audit", "Audit log", audit.get().view(number(asked, "before"))));
        page(
                router,
                "/system",
                asked -> new Page("system", "System", system.get().view()));
        page(router, "/actions/:action", asked -> {
            ActionForm.Confirmation form = actions.get().confirmation(action(asked), values(asked));
            return new Page("action", form.title(), form);
        });
        form(router, "/actions/:action", this::act);
        page(router, "/person", asked -> person(persons.get().empty()));
        form(router, "/person", asked -> answer(asked, 200, person(asPerson(asked, persons.get()::show))));
        form(router, "/person/erase", asked -> answer(asked, 200, person(asPerson(asked, persons.get()::erase))));
        form(router, "/person/export", this::exportPerson);
        page(
                router,
                "/conversations",
                asked -> new Page(
                        "conversations",
                        "Conversations",
                        conversations.get().list(query(asked, "stopped").equals("true"), number(asked, "before"))));
        page(router, "/journeys", asked -> {
            String id = query(asked, "id").strip();
            return id.isEmpty()
                    ? new Page(
                            "journeys",
                            "Journeys",
                            journeys.get()
                                    .find(
                                            query(asked, "sender"),
                                            query(asked, "subject"),
                                            query(asked, "from"),
                                            query(asked, "to")))
                    : new Page("journey", "Journey", journeys.get().view(id));
        });
        page(
                router,
                "/journeys/:id",
                asked -> new Page("journey", "Journey", journeys.get().view(asked.pathParam("id"))));
        page(router, "/conversations/:thread", asked -> {
            ConversationPage.View view = conversations.get().view(asked.pathParam("thread"));
            return new Page("conversation", "Conversation", view);
        });
        seen(router, "/mails/:number/raw").blockingHandler(guarded(this::raw), false);
        seen(router, "/mails/:number/attachments/:attachment").blockingHandler(guarded(this::attachment), false);
        headed(router, HttpMethod.GET, "/login").handler(guarded(asked -> answerLogin(asked, 200, "")));
        withBody(router, "/login").handler(guarded(this::login));
        form(router, "/logout", this::logout);
        router.route(HttpMethod.GET, "/*").order(ORDER + 1).handler(this::unknown);
    }

    /** A browser gets a page; programs get what the API answers. */
    private void unknown(RoutingContext asked) {
        String accepted = asked.request().getHeader("Accept");
        if (accepted == null
                || !accepted.contains("text/html")
                || asked.request().path().matches("/(api|q|webhook)(/.*)?")) {
            asked.next();
            return;
        }
        protect(asked);
        answer(
                asked,
                404,
                new Page("failure", "Not found", new Failure("There is no such page.", "Check the address.")));
    }

    private void asset(Router router, String path, String type) {
        byte[] content = PageTemplates.resource(path.substring(1));
        headed(router, HttpMethod.GET, path).handler(asked -> asked.response()
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "max-age=60")
                .end(Buffer.buffer(content)));
    }

    private void page(Router router, String path, Function<RoutingContext, Page> read) {
        seen(router, path).blockingHandler(guarded(asked -> answer(asked, 200, read.apply(asked))), false);
    }

    private void form(Router router, String path, Request act) {
        withBody(router, path)
                .handler(guarded(asked -> {
                    access.requireOwnName(asked.request());
                    access.requireOwnForm(asked.request());
                    if (access.admitted(asked)) {
                        asked.next();
                    } else {
                        answerLogin(asked, 401, "Your session has ended. Sign in, and act again.");
                    }
                }))
                .blockingHandler(guarded(act), false);
    }

    /** @return a route for those who may see the page; others are sent to sign in */
    private Route seen(Router router, String path) {
        return headed(router, HttpMethod.GET, path).handler(guarded(asked -> {
            access.requireOwnName(asked.request());
            if (access.admitted(asked)) {
                asked.next();
            } else {
                redirect(
                        asked,
                        "/login?to=" + PageFormat.parameter(asked.request().uri()));
            }
        }));
    }

    private static Route withBody(Router router, String path) {
        return headed(router, HttpMethod.POST, path)
                .handler(BodyHandler.create(false).setBodyLimit(LARGEST_FORM));
    }

    /** @return a route whose responses have the headers that protect a page */
    private static Route headed(Router router, HttpMethod method, String path) {
        // A body handler must be the first one of its route, so the headers have a route of their own.
        router.route(method, path).order(ORDER).handler(asked -> {
            protect(asked);
            asked.next();
        });
        return router.route(method, path).order(ORDER + 1);
    }

    private static void protect(RoutingContext asked) {
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

    private void overview(RoutingContext asked) {
        answer(asked, 200, new Page("overview", "Overview", overview.get().read()));
        overview.get().refresh();
    }

    private static Page person(PersonPage.View view) {
        return new Page("person", "Person", view);
    }

    private <T> T asPerson(RoutingContext asked, Function<String, T> action) {
        String address = values(asked).getOrDefault("address", "");
        return operators.get().onPage(asked, () -> action.apply(address));
    }

    private void exportPerson(RoutingContext asked) {
        byte[] zip = asPerson(asked, persons.get()::export);
        asked.response()
                .putHeader("Content-Type", "application/zip")
                .putHeader("Content-Disposition", "attachment; filename=\"person.zip\"")
                .end(Buffer.buffer(zip));
    }

    private void act(RoutingContext asked) {
        OperatorAction action = action(asked);
        ActionForm.Outcome outcome =
                operators.get().onPage(asked, () -> actions.get().run(action, values(asked)));
        overview.get().forget();
        redirect(
                asked,
                outcome.back() + "?done=" + action.id() + "&changed=" + outcome.changed() + "&left=" + outcome.left());
    }

    private void login(RoutingContext asked) {
        access.requireOwnName(asked.request());
        access.requireOwnForm(asked.request());
        String peer = String.valueOf(asked.request().remoteAddress().hostAddress());
        if (access.matches(asked.request().getFormAttribute("token"))) {
            wrongTokens.get().right(peer);
            asked.response().addCookie(access.session(asked.request()));
            redirect(asked, local(asked.request().getFormAttribute("to")));
            return;
        }
        // A guess costs the client more than the port, and the response waits without a thread.
        long wait = wrongTokens.get().shown(peer);
        if (wait == 0) {
            answerLogin(asked, 401, "The token is wrong.");
            return;
        }
        asked.vertx().setTimer(wait, timer -> {
            wrongTokens.get().answered();
            answerLogin(asked, 401, "The token is wrong.");
        });
    }

    private void logout(RoutingContext asked) {
        asked.response().addCookie(access.ended(asked.request()));
        redirect(asked, "/login");
    }

    /** The form to sign in. What it shows is the same for everybody. */
    @RegisterForReflection
    record Login(String to, String problem) {}

    private void answerLogin(RoutingContext asked, int status, String problem) {
        if (!access.needsToken()) {
            redirect(asked, "/");
            return;
        }
        String to = asked.request().getParam("to");
        answer(asked, status, new Page("login", "Sign in", new Login(local(to), problem)));
    }

    /** @return an address of this page: a link must not lead elsewhere after the login */
    private static String local(String address) {
        return address != null && address.matches("/[^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*") ? address : "/";
    }

    private void raw(RoutingContext asked) {
        long number = number(asked, "number");
        try (InputStream raw = mails.get().raw(number)) {
            OutputStream download = download(asked, "attachment; filename=\"mail-" + number + ".eml\"");
            raw.transferTo(download);
            download.flush();
            asked.response().end();
        } catch (IOException e) {
            asked.request().connection().close();
        }
    }

    private void attachment(RoutingContext asked) {
        MailPage.Download attachment = mails.get().attachment(asked.pathParam("number"), asked.pathParam("attachment"));
        try {
            OutputStream download = download(asked, attachment.disposition());
            attachment.content().write(download);
            download.flush();
            asked.response().end();
        } catch (IOException e) {
            asked.request().connection().close();
        }
    }

    /** A download that no browser shows or runs: its sender is a stranger. Writes block until the client has read. */
    private static OutputStream download(RoutingContext asked, String disposition) {
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

    private void answer(RoutingContext asked, int status, Page page) {
        Map<String, Object> data = new HashMap<>();
        data.put("title", page.title());
        data.put("shown", page.shown());
        data.put("alarm", page.template().equals("overview") ? Alarm.NONE : alarm(asked));
        data.put("result", status == 200 ? result(asked) : "");
        data.put("signedIn", access.needsToken() && access.admitted(asked));
        data.put("live", status == 200 && !STILL.contains(page.template()));
        String html = templates.get().render(page.template(), data);
        asked.response().setStatusCode(status).putHeader("Content-Type", HTML).end(html);
    }

    private Alarm alarm(RoutingContext asked) {
        if (Context.isOnEventLoopThread()) {
            // Reading the ledger would block all other requests.
            return Alarm.NONE;
        }
        try {
            access.requireOwnName(asked.request());
            return access.admitted(asked) ? overview.get().alarm() : Alarm.NONE;
        } catch (RuntimeException e) {
            return Alarm.NONE;
        }
    }

    /** @return what the last action did; the address has numbers only, so that a link cannot put words here */
    private static String result(RoutingContext asked) {
        return OperatorAction.of(query(asked, "done"))
                .map(action -> action.result(number(asked, "changed"), number(asked, "left")))
                .orElse("");
    }

    private static void redirect(RoutingContext asked, String address) {
        asked.response().setStatusCode(303).putHeader("Location", address).end();
    }

    private OperatorAction action(RoutingContext asked) {
        return OperatorAction.of(asked.pathParam("action"))
                .orElseThrow(() -> new ApiRefusal(404, "there is no such action", "go back to the overview"));
    }

    private static Map<String, String> values(RoutingContext asked) {
        Map<String, String> values = new HashMap<>();
        asked.request().params().forEach(value -> values.put(value.getKey(), value.getValue()));
        asked.request().formAttributes().forEach(value -> values.put(value.getKey(), value.getValue()));
        return values;
    }

    private static String query(RoutingContext asked, String name) {
        String value = asked.request().getParam(name);
        return value == null ? "" : value;
    }

    private static long number(RoutingContext asked, String name) {
        String value = query(asked, name);
        if (!value.matches("\\d{0,18}")) {
            throw new ApiRefusal(400, "`" + name + "` is not a number", "go back to the overview");
        }
        return value.isEmpty() ? 0 : Long.parseLong(value);
    }

    /** A handler of a request. */
    @FunctionalInterface
    private interface Request {
        void handle(RoutingContext asked);
    }

    /** @return the handler; what it throws becomes a page */
    private Handler<RoutingContext> guarded(Request request) {
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
