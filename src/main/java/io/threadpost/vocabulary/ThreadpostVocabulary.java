package io.threadpost.vocabulary;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import io.threadpost.routecheck.RouteVocabulary;

/** What Threadpost adds to Camel's route language. */
public final class ThreadpostVocabulary implements RouteVocabulary {
    /** The fields of a thread that the platform's documentation names. */
    public static final Set<String> THREAD_FIELDS =
            Set.of("Id", "OriginalSender", "Subject", "CreatedUtc", "UpdatedUtc", "IsResolved");

    private static final Body THREAD = new Body("a thread", THREAD_FIELDS, Optional.of("threadpost.routes.fields"));

    private static final Body MESSAGE =
            new Body("a message", Set.of("Id", "MessageThreadId", "Text", "Sender", "CreatedUtc"), Optional.empty());

    private static final Body MAIL = new Body(
            "a mail",
            Set.of(
                    "number",
                    "mailbox",
                    "connection",
                    "received",
                    "from",
                    "fromName",
                    "fromAddress",
                    "replyTo",
                    "to",
                    "cc",
                    "subject",
                    "date",
                    "messageId",
                    "text",
                    "attachments",
                    "bytes",
                    "released",
                    "headers",
                    "problems",
                    "person",
                    "thread",
                    "answers",
                    "bounced",
                    "reason",
                    "reasons",
                    "why",
                    "answerable",
                    "authentication"),
            Optional.empty());

    private static final String EXCEPTIONS =
            """
            io.threadpost.connector: ConnectorException
            io.threadpost.digest: BrokenTemplateException
            io.threadpost.ledger: LeaseLostException LedgerException
            io.threadpost.mailbox: MailboxDownException UnreadableMailException
            io.threadpost.network: ProxyRefusedException
            io.threadpost.oauth: NoTokenException
            io.threadpost.person: TooManyThreadsException
            io.threadpost.pull: RouteMissingException WindowStuckException
            io.threadpost.spool: PostponedException RejectedItemException TargetDownException
              UnfitBodyException UnreachableException UnreadableParcelException
            """;

    private static final String INTERNAL =
            """
            io.threadpost.connector: AddedMessages MessagePage MessageThread PlatformMessage ThreadPage
            io.threadpost.files: FileContent
            io.threadpost.json: RawJson
            """;

    /** Instances that stay: checked files are compared with their rules. */
    private final List<Component> components = ComponentRules.all();

    @Override
    public String jsonAdvice() {
        return "set a variable for each field, and let `process: {ref: jsonBody}` make the body";
    }

    @Override
    public String application() {
        return "Threadpost";
    }

    @Override
    public String namesPage() {
        return "docs/reference.md";
    }

    @Override
    public String classesPage() {
        return "docs/reference/classes.md";
    }

    @Override
    public List<Component> components() {
        return components;
    }

    @Override
    public List<Step> steps() {
        return NamedSteps.all();
    }

    @Override
    public List<String> endpoints() {
        return List.of("direct:get-threads", "direct:add-thread", "direct:get-messages", "direct:add-messages");
    }

    @Override
    public List<String> internalEndpoints() {
        return List.of(
                "spool:adds", "spool:digest-mails", "spool:mail", "spool:messages", "spool:replies", "spool:unrouted");
    }

    @Override
    public List<String> routes() {
        return List.of("get-threads", "add-thread", "connector-get-messages", "connector-add-messages");
    }

    @Override
    public List<ExchangeName> exchangeNames() {
        return ExchangeNames.all();
    }

    @Override
    public Bodies bodies() {
        return new Bodies(
                List.of(
                        new BodySource(Pattern.compile("direct:route-thread"), "batch", THREAD, true),
                        new BodySource(Pattern.compile("spool:replies"), "batch", MESSAGE, false),
                        // Routes may send anything to a spool.
                        new BodySource(
                                Pattern.compile("spool:(?!mail|replies)(?!.*\\{\\{).*"), "batch", THREAD, false)),
                Map.of("readMail", MAIL),
                Set.of("setFields", "urlEncode", "openThread", "findConversation", "stageMessages", "settleMail"));
    }

    @Override
    public List<RequiredStep> requiredSteps() {
        return List.of(pullStep("cursorLoop"), pullStep("commitPage"));
    }

    private static RequiredStep pullStep(String step) {
        return new RequiredStep(
                "windows",
                step,
                "nothing would be pulled",
                "restore it as in the shipped routes/pull-threads.camel.yaml");
    }

    @Override
    public List<Companion> companions() {
        return List.of(new Companion(
                "findConversation",
                "stageMessages",
                "nobody would see what a guest writes later",
                "write it between addThread and settleMail, or remove findConversation"));
    }

    @Override
    public List<Preparation> preparations() {
        return List.of(
                preparation("threadsAsJson", "`writeFiles`"),
                preparation("threadsAsNdjson", "`writeFiles`"),
                preparation("threadsAsCsv", "`writeFiles`"),
                preparation("fileAsBody", "`to: sftp:…`"),
                preparation("queueMessage", "`to: amqp:…`"),
                preparation("kafkaRecord", "`to: kafka:…`"),
                new Preparation(
                        "digest:", "its mails would be lost", "split them to a spool, such as spool:digest-mails"),
                preparation("reply:", "`sendMail`"));
    }

    private static Preparation preparation(String step, String delivery) {
        return new Preparation(step, "nothing would be delivered", "write the step that delivers, such as " + delivery);
    }

    @Override
    public Map<String, Unsupported> unsupported() {
        String spools = "remove it: a spool pauses and retries";
        String sources = "consume a spool, a queue or a mailbox; routes cannot serve HTTP";
        return Map.of(
                "CircuitBreakerDefinition", new Unsupported("no circuit breaker", spools),
                "TransactedDefinition", new Unsupported("no transaction manager", spools),
                "SagaDefinition", new Unsupported("no saga service", spools),
                "RestDefinition", new Unsupported("no REST consumer", sources),
                "RestConfigurationDefinition", new Unsupported("no REST consumer", sources));
    }

    @Override
    public Map<ClassUse, String> classes() {
        return Map.of(ClassUse.EXCEPTION, EXCEPTIONS, ClassUse.INTERNAL, INTERNAL);
    }
}
