package io.threadpost.digest;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Turns a batch of threads into mails, one for each recipient. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "digest",
        title = "Digest",
        syntax = "digest:name",
        category = Category.MAIL,
        producerOnly = true,
        remote = false)
public class DigestEndpoint extends DefaultEndpoint {
    private final Templates templates;
    private final boolean on;

    /** The name of the digest, for people. */
    @UriPath
    @Metadata(required = true)
    private String name;

    /** The sender, one address. */
    @UriParam
    private String from;

    /** The recipients: addresses, separated by commas. */
    @UriParam
    private String to;

    /** What the subject begins with. Default: a word in the digest's language. */
    @UriParam
    private String subject;

    /** The language of texts and dates: en, de or cs, optionally with a country, such as en-GB. */
    @UriParam(defaultValue = "en")
    private String language;

    /** The time zone of all times, such as Europe/Prague. */
    @UriParam(defaultValue = "UTC")
    private String zone;

    /** The name of the templates: NAME.html and NAME.txt. */
    @UriParam(defaultValue = "digest")
    private String template;

    /**
     * Display names of connections, such as main=Hotel Praha, brno=Hotel Brno. Default: the names of the connections.
     */
    @UriParam
    private String names;

    /** The address of a thread, with {Id} and {Connection}. Default: the thread's id is shown instead of a link. */
    @UriParam
    private String link;

    /** Whether to leave out resolved threads; a thread without IsResolved is open. */
    @UriParam(enums = "true,false", defaultValue = "false")
    private String open;

    /** Whether to list every version of a thread that arrived instead of the newest only. */
    @UriParam(enums = "true,false", defaultValue = "false")
    private String history;

    /** @param on whether digests are sent at all */
    DigestEndpoint(String uri, Component component, String name, Templates templates, boolean on) {
        super(uri, component);
        this.name = name;
        this.templates = templates;
        this.on = on;
    }

    @Override
    public Producer createProducer() {
        return new DigestProducer(this, options(), templates, on);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("digest: makes mails; a route cannot read from digest:" + name);
    }

    @Override
    protected String createEndpointUri() {
        return "digest:" + name;
    }

    private DigestOptions options() {
        return new DigestOptions(
                name,
                text(from),
                text(to),
                text(subject),
                text(language),
                text(zone),
                text(template),
                text(names),
                text(link),
                text(open),
                text(history));
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getTo() {
        return to;
    }

    public void setTo(String to) {
        this.to = to;
    }

    public String getSubject() {
        return subject;
    }

    public void setSubject(String subject) {
        this.subject = subject;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String zone) {
        this.zone = zone;
    }

    public String getTemplate() {
        return template;
    }

    public void setTemplate(String template) {
        this.template = template;
    }

    public String getNames() {
        return names;
    }

    public void setNames(String names) {
        this.names = names;
    }

    public String getLink() {
        return link;
    }

    public void setLink(String link) {
        this.link = link;
    }

    public String getOpen() {
        return open;
    }

    public void setOpen(String open) {
        this.open = open;
    }

    public String getHistory() {
        return history;
    }

    public void setHistory(String history) {
        this.history = history;
    }
}
