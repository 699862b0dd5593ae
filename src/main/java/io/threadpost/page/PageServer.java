package io.threadpost.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Function;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.ws.rs.core.StreamingOutput;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import org.jboss.logging.Logger;

import io.threadpost.access.AccessPolicy;
import io.threadpost.access.AccessPolicy.Token;
import io.threadpost.access.Admission;
import io.threadpost.ops.ApiRefusal;
import io.threadpost.ops.OperatorContext;
import io.threadpost.ops.WrongTokens;
import io.threadpost.page.PageResponses.Page;
import io.threadpost.retry.FailureReason;

/** The addresses of the page. What is not among them is answered by the API, with its own guard. */
@ApplicationScoped
public class PageServer {
    private static final Logger LOG = Logger.getLogger(PageServer.class);
    /** Before the API, which answers whatever is left. */
    private static final int ORDER = 1;

    private static final long LARGEST_FORM = 16 << 10;

    private final PageAccess access;
    private final PageResponses responses;
    private final Provider<WrongTokens> wrongTokens;
    private final Provider<OverviewPage> overview;
    private final Provider<SpoolPage> spools;
    private final Provider<MailPage> mails;
    private final Provider<RouteFilePage> files;
    private final Provider<ThreadVersionPage> threads;
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
            PageResponses responses,
            Provider<WrongTokens> wrongTokens,
            Provider<OverviewPage> overview,
            Provider<SpoolPage> spools,
            Provider<MailPage> mails,
            Provider<RouteFilePage> files,
            Provider<ThreadVersionPage> threads,
            Provider<ConversationPage> conversations,
            Provider<JourneyPage> journeys,
            Provider<ActionPage> actions,
            Provider<AuditPage> audit,
            Provider<PersonPage> persons,
            Provider<BackfillsPage> backfills,
            Provider<OperatorContext> operators,
            Provider<SystemPage> system) {
        this.access = access;
        this.responses = responses;
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

    void register(@Observes Router router) {
        asset(router, "/page.css", "text/css; charset=utf-8");
        asset(router, "/page.js", "text/javascript; charset=utf-8");
        asset(router, "/icon.svg", "image/svg+xml");
        seen(router, "/").blockingHandler(responses.guarded(this::overview), false);
        page(router, "/spools/:spool", asked -> {
            SpoolPage.View view = spools.get().view(asked.pathParam("spool"), RequestValues.number(asked, "after"));
            return new Page("spool", view.title(), view);
        });
        page(router, "/spools/:spool/dead/:id", asked -> {
            SpoolPage.DeadView view = spools.get().dead(asked.pathParam("spool"), asked.pathParam("id"));
            return new Page("dead", "Dead item " + view.item().id(), view);
        });
        page(router, "/mails", "mails", "Mails", asked -> mails.get()
                .list(
                        RequestValues.query(asked, "state"),
                        RequestValues.query(asked, "mailbox"),
                        RequestValues.number(asked, "after")));
        page(router, "/mails/:number", asked -> {
            MailPage.View view = mails.get().view(RequestValues.number(asked, "number"));
            return new Page("mail", "Mail " + view.mail().number(), view);
        });
        page(router, "/backfills", "backfills", "Backfills", asked -> backfills
                .get()
                .view());
        page(router, "/routes/:file", asked -> {
            RouteFilePage.View view = files.get().view(asked.pathParam("file"));
            return new Page("route-file", view.name(), view);
        });
        page(router, "/threads/:key", "thread", "Thread", asked -> threads.get().view(asked.pathParam("key")));
        page(router, "/audit", "audit", "Audit log", asked -> audit.get().view(RequestValues.number(asked, "before")));
        page(router, "/system", "system", "System", asked -> system.get().view());
        page(router, "/actions/:action", asked -> {
            ActionForm.Confirmation form = actions.get().confirmation(action(asked), RequestValues.all(asked));
            return new Page("action", form.title(), form);
        });
        form(router, "/actions/:action", this::act);
        page(router, "/person", asked -> person(persons.get().empty()));
        form(router, "/person", asked -> responses.answer(asked, 200, person(asPerson(asked, persons.get()::show))));
        form(
                router,
                "/person/erase",
                asked -> responses.answer(asked, 200, person(asPerson(asked, persons.get()::erase))));
        form(router, "/person/export", this::exportPerson);
        page(router, "/conversations", "conversations", "Conversations", asked -> conversations
                .get()
                .list(RequestValues.query(asked, "stopped").equals("true"), RequestValues.number(asked, "before")));
        page(router, "/journeys", asked -> {
            String id = RequestValues.query(asked, "id").strip();
            return id.isEmpty()
                    ? new Page(
                            "journeys",
                            "Journeys",
                            journeys.get()
                                    .find(
                                            RequestValues.query(asked, "sender"),
                                            RequestValues.query(asked, "subject"),
                                            RequestValues.query(asked, "from"),
                                            RequestValues.query(asked, "to")))
                    : new Page("journey", "Journey", journeys.get().view(id));
        });
        page(router, "/journeys/:id", "journey", "Journey", asked -> journeys.get()
                .view(asked.pathParam("id")));
        page(router, "/conversations/:thread", "conversation", "Conversation", asked -> conversations
                .get()
                .view(asked.pathParam("thread")));
        seen(router, "/mails/:number/raw").blockingHandler(responses.guarded(this::raw), false);
        seen(router, "/mails/:number/attachments/:attachment")
                .blockingHandler(responses.guarded(this::attachment), false);
        headed(router, HttpMethod.GET, "/login")
                .handler(responses.guarded(asked -> responses.answerLogin(asked, 200, "")));
        withBody(router, "/login").handler(responses.guarded(this::login));
        withBody(router, "/logout").handler(responses.guarded(this::logout));
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
        PageResponses.protect(asked);
        responses.answer(
                asked,
                404,
                new Page(
                        "failure",
                        "Not found",
                        new PageResponses.Failure("There is no such page.", "Check the address.")));
    }

    private void asset(Router router, String path, String type) {
        byte[] content = PageTemplates.resource(path.substring(1));
        headed(router, HttpMethod.GET, path).handler(asked -> asked.response()
                .putHeader("Content-Type", type)
                .putHeader("Cache-Control", "max-age=60")
                .end(Buffer.buffer(content)));
    }

    private void page(Router router, String path, Function<RoutingContext, Page> read) {
        seen(router, path)
                .blockingHandler(responses.guarded(asked -> responses.answer(asked, 200, read.apply(asked))), false);
    }

    private void page(Router router, String path, String template, String title, Function<RoutingContext, ?> read) {
        page(router, path, asked -> new Page(template, title, read.apply(asked)));
    }

    private void form(Router router, String path, PageResponses.Request act) {
        withBody(router, path)
                .handler(responses.guarded(asked -> {
                    access.requireOwnName(asked.request());
                    access.requireOwnForm(asked.request());
                    Optional<Admission> admission = access.admission(asked);
                    if (admission.isEmpty()) {
                        responses.answerLogin(asked, 401, "Your session has ended. Sign in, and act again.");
                        return;
                    }
                    if (!admission.get().mayAct()) {
                        throw new ApiRefusal(403, "you may look at this page, not act on it", AccessPolicy.HOW_TO_ACT);
                    }
                    admission.get().keepWith(asked);
                    asked.next();
                }))
                .blockingHandler(responses.guarded(act), false);
    }

    /** @return a route for those who may see the page; others are sent to sign in */
    private Route seen(Router router, String path) {
        return headed(router, HttpMethod.GET, path).handler(responses.guarded(asked -> {
            access.requireOwnName(asked.request());
            Optional<Admission> admission = access.admission(asked);
            if (admission.isPresent()) {
                admission.get().keepWith(asked);
                asked.next();
            } else {
                PageResponses.redirect(
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
            PageResponses.protect(asked);
            asked.next();
        });
        return router.route(method, path).order(ORDER + 1);
    }

    private void overview(RoutingContext asked) {
        responses.answer(
                asked, 200, new Page("overview", "Overview", overview.get().read()));
        overview.get().refresh();
    }

    private static Page person(PersonPage.View view) {
        return new Page("person", "Person", view);
    }

    private <T> T asPerson(RoutingContext asked, Function<String, T> action) {
        String address = RequestValues.all(asked).getOrDefault("address", "");
        return operators.get().onPage(asked, () -> action.apply(address));
    }

    private void exportPerson(RoutingContext asked) {
        StreamingOutput zip = asPerson(asked, persons.get()::export);
        OutputStream download = PageResponses.download(asked, "attachment; filename=\"person.zip\"");
        asked.response().putHeader("Content-Type", "application/zip");
        try {
            zip.write(download);
            download.flush();
            asked.response().end();
        } catch (IOException e) {
            asked.request().connection().close();
        } catch (RuntimeException e) {
            // A part of a zip must not look like a whole one.
            LOG.errorf("the export of a person failed: %s", FailureReason.of(e));
            asked.request().connection().close();
        }
    }

    private void act(RoutingContext asked) {
        OperatorAction action = action(asked);
        ActionForm.Outcome outcome =
                operators.get().onPage(asked, () -> actions.get().run(action, RequestValues.all(asked)));
        overview.get().forget();
        PageResponses.redirect(
                asked,
                outcome.back() + "?done=" + action.id() + "&changed=" + outcome.changed() + "&left=" + outcome.left());
    }

    private void login(RoutingContext asked) {
        access.requireOwnName(asked.request());
        access.requireOwnForm(asked.request());
        String peer = String.valueOf(asked.request().remoteAddress().hostAddress());
        Optional<Token> token = access.token(asked.request().getFormAttribute("token"));
        if (token.isPresent()) {
            wrongTokens.get().right(peer);
            asked.response().addCookie(access.session(asked.request(), token.get()));
            PageResponses.redirect(asked, PageResponses.local(asked.request().getFormAttribute("to")));
            return;
        }
        // A guess costs the client more than the port, and the response waits without a thread.
        long wait = wrongTokens.get().shown(peer);
        if (wait == 0) {
            responses.answerLogin(asked, 401, "The token is wrong.");
            return;
        }
        asked.vertx().setTimer(wait, timer -> {
            wrongTokens.get().answered();
            responses.answerLogin(asked, 401, "The token is wrong.");
        });
    }

    private void logout(RoutingContext asked) {
        access.requireOwnName(asked.request());
        access.requireOwnForm(asked.request());
        asked.response().addCookie(access.ended(asked.request()));
        PageResponses.redirect(asked, "/login");
    }

    private void raw(RoutingContext asked) {
        long number = RequestValues.number(asked, "number");
        try (InputStream raw = mails.get().raw(number)) {
            OutputStream download = PageResponses.download(asked, "attachment; filename=\"mail-" + number + ".eml\"");
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
            OutputStream download = PageResponses.download(asked, attachment.disposition());
            attachment.content().write(download);
            download.flush();
            asked.response().end();
        } catch (IOException e) {
            asked.request().connection().close();
        }
    }

    private OperatorAction action(RoutingContext asked) {
        return OperatorAction.of(asked.pathParam("action"))
                .orElseThrow(() -> new ApiRefusal(404, "there is no such action", "go back to the overview"));
    }
}
