package io.threadpost.preview;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

import io.threadpost.add.AddDryRun;
import io.threadpost.add.JsonObjectProcessor;
import io.threadpost.add.RejectProcessor;
import io.threadpost.digest.DigestComponent;
import io.threadpost.disk.FolderSync;
import io.threadpost.errors.RouteErrors;
import io.threadpost.files.FileAsBody;
import io.threadpost.files.FileContent;
import io.threadpost.files.FilesComponent;
import io.threadpost.files.ThreadsAsCsv;
import io.threadpost.files.ThreadsAsJson;
import io.threadpost.files.ThreadsAsNdjson;
import io.threadpost.files.WriteFiles;
import io.threadpost.json.JsonBody;
import io.threadpost.json.RawJsonConverters;
import io.threadpost.json.SetFields;
import io.threadpost.json.UrlEncode;
import io.threadpost.mail.MailDryRun;
import io.threadpost.network.HttpAccess;
import io.threadpost.network.HttpAsWritten;
import io.threadpost.queue.KafkaRecord;
import io.threadpost.queue.QueueMessage;
import io.threadpost.reply.ReplyDryRun;
import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routefiles.FileDependencies;
import io.threadpost.routefiles.LoadFailure;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.SettingsResult;
import io.threadpost.spool.SpoolDryRun;
import io.threadpost.spool.SpoolItem;
import io.threadpost.steptrace.StepRecorder;
import io.threadpost.text.AddressMask;

/**
 * The routes of a folder in a Camel context that reaches nothing outside. Everything runs on the caller's thread; no
 * route consumes by itself.
 */
final class PreviewContext implements AutoCloseable {
    /** Components with an effect; {@code http:} and {@code https:} have a client that records. */
    private static final Map<String, EffectDescription> EFFECTS = Map.ofEntries(
            Map.entry("file", EffectDescription.FILE),
            Map.entry("ftp", EffectDescription.FILE),
            Map.entry("ftps", EffectDescription.FILE),
            Map.entry("sftp", EffectDescription.FILE),
            Map.entry("amqp", EffectDescription.AMQP),
            Map.entry("kafka", EffectDescription.KAFKA),
            Map.entry("imap", EffectDescription.OTHER),
            Map.entry("imaps", EffectDescription.OTHER),
            Map.entry("pop3", EffectDescription.OTHER),
            Map.entry("pop3s", EffectDescription.OTHER),
            Map.entry("timer", EffectDescription.OTHER),
            Map.entry("mailbox", EffectDescription.OTHER),
            Map.entry("windows", EffectDescription.OTHER));

    /** Steps that neither a thread nor a mail meets. */
    private static final List<String> ELSEWHERE = List.of(
            "planWindows",
            "cursorLoop",
            "openThread",
            "commitPage",
            "stageMail",
            "pullReplies",
            "settleReply",
            "messageWaits");

    private static final List<String> PLATFORM =
            List.of("direct:get-threads", "direct:add-thread", "direct:get-messages", "direct:add-messages");

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final EffectRecorder recorder;
    private final RecordedLogger logger;
    private final SpoolDryRun spools;
    private final MailDryRun mails;
    private final ReplyDryRun replies;

    /** @param late receives items that are sent outside of an exchange that commits them */
    PreviewContext(SettingsResult settings, EffectRecorder recorder, BiConsumer<String, SpoolItem> late) {
        this.recorder = recorder;
        this.logger = new RecordedLogger(recorder, addresses(settings));
        this.spools = new SpoolDryRun(late);
        AddDryRun adds = new AddDryRun(settings.settings(), new RecordedPlatform(recorder), late);
        this.mails = new MailDryRun(settings.settings(), adds);
        this.replies = new ReplyDryRun(settings.settings());
        configure(settings);
        bind(settings.settings(), adds);
    }

    /** As in the log of an installation. */
    private static AddressMask addresses(SettingsResult settings) {
        List<String> values = new ArrayList<>();
        List<String> hosts = new ArrayList<>();
        for (String key : settings.keys()) {
            settings.value(key).ifPresent(value -> (key.endsWith("host") ? hosts : values).add(value));
        }
        values.addAll(hosts);
        return new AddressMask(values, hosts);
    }

    private void configure(SettingsResult settings) {
        AtomicLong ids = new AtomicLong();
        camel.setUuidGenerator(() -> "preview-" + ids.incrementAndGet());
        camel.disableJMX();
        camel.setLoadTypeConverters(false);
        camel.setStreamCaching(false);
        camel.setAutowiredEnabled(false);
        camel.setSourceLocationEnabled(true);
        camel.getExecutorServiceManager().setThreadPoolFactory(new SynchronousThreads());
        camel.getCamelContextExtension().addInterceptStrategy(recorder);
        new StepRecorder().configure(camel);
        // Else the process' own configuration, without the settings of an example, would come first.
        PropertiesComponent properties = new PropertiesComponent();
        properties.setAutoDiscoverPropertiesSources(false);
        camel.setPropertiesComponent(properties);
        Set<String> keys = settings.keys();
        properties.addPropertiesSource(new PropertiesSource() {
            @Override
            public String getName() {
                return "settings";
            }

            @Override
            public String getProperty(String name) {
                return settings.value(name).orElseGet(() -> keys.contains(name) ? "" : null);
            }
        });
        new RouteErrors().install(camel);
        new RawJsonConverters().install(camel.getTypeConverterRegistry());
        // A lifecycle strategy does not see the endpoints of `toD` and its like with cacheSize: -1.
        camel.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
            if (endpoint.getClass().getSimpleName().equals("HttpEndpoint")) {
                HttpEndpoint http = (HttpEndpoint) endpoint;
                http.setHttpClient(new RecordedHttpClient(http, recorder));
            }
            return endpoint;
        });
        camel.getCamelContextExtension()
                .getContextPlugin(Model.class)
                .addModelLifecycleStrategy(new RouteAdjustment(logger));
    }

    private void bind(Settings settings, AddDryRun adds) {
        EFFECTS.forEach((name, effect) -> camel.addComponent(name, new EffectComponent(effect, recorder)));
        HttpAccess access = new HttpAccess(settings.network());
        camel.addComponent("http", new HttpAsWritten(access));
        camel.addComponent("https", new HttpAsWritten(access));
        camel.addComponent("smtp", new RecordedMailComponent(recorder));
        camel.addComponent("smtps", new RecordedMailComponent(recorder));
        // Camel's `log:` takes the only logger of the registry.
        camel.getRegistry().bind("recordedLogger", logger);
        camel.addComponent("seda", new SynchronousSeda());
        camel.addComponent("spool", spools);
        camel.addComponent("mail", mails.component());
        camel.addComponent("reply", replies);
        camel.addComponent("digest", new DigestComponent(settings));
        WriteFiles files = new RecordedFiles(settings);
        camel.addComponent("files", new FilesComponent(files));
        Map<String, Processor> steps = new LinkedHashMap<>();
        ELSEWHERE.forEach(name -> steps.put(name, exchange -> {}));
        steps.putAll(adds.steps());
        steps.putAll(mails.steps());
        steps.put("setFields", new SetFields());
        steps.put("jsonBody", new JsonBody());
        steps.put("urlEncode", new UrlEncode());
        steps.put("threadsAsJson", new ThreadsAsJson());
        steps.put("threadsAsNdjson", new ThreadsAsNdjson());
        steps.put("threadsAsCsv", new ThreadsAsCsv());
        steps.put("fileAsBody", new FileAsBody());
        steps.put("writeFiles", files);
        steps.put("queueMessage", new QueueMessage(settings));
        steps.put("kafkaRecord", new KafkaRecord(settings));
        steps.put("jsonObject", new JsonObjectProcessor());
        steps.put("reject", new RejectProcessor());
        steps.put("sendMail", new RecordedMail(recorder));
        steps.forEach(camel.getRegistry()::bind);
        AggregationStrategy last = (before, after) -> after;
        camel.getRegistry().bind("routedThreads", last);
    }

    /**
     * Builds and starts the routes.
     *
     * @param files loadable ones
     * @throws UnloadableRoutes when Camel rejects one of them
     */
    void load(List<CheckedFile> files) throws UnloadableRoutes {
        CheckedFile current = null;
        try {
            for (String platform : PLATFORM) {
                RouteDefinition route = new RouteDefinition(platform).routeId(platform.substring("direct:".length()));
                route.process(new RecordedPlatform(recorder));
                camel.addRouteDefinition(route);
            }
            for (CheckedFile file : FileDependencies.inOrder(files)) {
                current = file;
                PluginHelper.getRoutesLoader(camel)
                        .loadRoutes(ResourceHelper.fromString(
                                file.source().name(), file.source().text()));
            }
            camel.start();
            recorder.loaded(new RouteReach(camel));
        } catch (Exception e) {
            camel.stop();
            // Camel quotes addresses with what their placeholders stand for.
            throw new UnloadableRoutes(recorder.text(Optional.ofNullable(current)
                    .map(file -> new LoadFailure(file, e).finding().text())
                    .orElse(String.valueOf(e.getMessage()))));
        }
    }

    DefaultCamelContext camel() {
        return camel;
    }

    SpoolDryRun spools() {
        return spools;
    }

    MailDryRun mails() {
        return mails;
    }

    ReplyDryRun replies() {
        return replies;
    }

    /** Sends an exchange to an endpoint; what fails is the exception of the exchange. */
    void send(String endpoint, Exchange exchange) {
        try (Producer producer = camel.getEndpoint(endpoint).createProducer()) {
            producer.start();
            producer.process(exchange);
        } catch (Exception | Error e) {
            exchange.setException(e);
        }
    }

    /** @return the aggregations of the routes that run now */
    PendingAggregations aggregations() {
        return new PendingAggregations(camel, recorder);
    }

    @Override
    public void close() {
        camel.stop();
    }

    /** Records the files that {@code writeFiles} and {@code files:} would write. */
    private final class RecordedFiles extends WriteFiles {
        private final String directory;

        RecordedFiles(Settings settings) {
            super(settings, new FolderSync());
            directory = settings.get(SettingsCatalogue.FILES_DIRECTORY).toString();
        }

        @Override
        protected List<String> write(List<FileContent> files) {
            List<String> written = new ArrayList<>();
            for (FileContent file : files) {
                inside(file.path());
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("path", directory + "/" + file.path().toString().replace('\\', '/'));
                fields.put("content", file.content());
                recorder.effect("file", fields);
                written.add(fields.get("path").toString());
            }
            return written;
        }
    }
}
