package io.threadpost.reply;

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

import io.threadpost.digest.Templates;

/** Turns a message of the hotel into the mail to its guest, or withholds it with a reason. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "reply",
        title = "Reply",
        syntax = "reply:what",
        category = Category.MAIL,
        producerOnly = true,
        remote = false)
public class ReplyEndpoint extends DefaultEndpoint {
    private static final String MAIL = "mail";

    private final ReplyProducer.Replying replying;
    private final Templates templates;
    private final boolean on;

    /** What it makes: mail. */
    @UriPath(enums = "mail")
    @Metadata(required = true)
    private String what;

    /** The sender, one address. */
    @UriParam
    private String from;

    /** The address that guests answer to, with {token} for the conversation. Default: the sender's. */
    @UriParam
    private String replyTo;

    /** The hotel's name. Default: that of the sender's address. */
    @UriParam
    private String name;

    /** What follows the hotel's words; \n begins another line. Default: the hotel's name. */
    @UriParam
    private String signature;

    /** The language of guests whose own is not known: en, de or cs, optionally with a country, such as en-GB. */
    @UriParam(defaultValue = "en")
    private String language;

    /** The name of the templates, which begins with reply: NAME.html and NAME.txt. */
    @UriParam(defaultValue = "reply")
    private String template;

    /** The most mails to one address in an hour; further ones wait. */
    @UriParam(defaultValue = "20")
    private int rate = 20;

    /** Whether only guests whose mails are authenticated get replies; that needs authserv of mail:judge. */
    @UriParam(defaultValue = "false")
    private boolean authenticated;

    /** @param on whether replies are sent at all */
    ReplyEndpoint(
            String uri,
            Component component,
            String what,
            ReplyProducer.Replying replying,
            Templates templates,
            boolean on) {
        super(uri, component);
        this.what = what;
        this.replying = replying;
        this.templates = templates;
        this.on = on;
    }

    @Override
    public Producer createProducer() {
        if (!MAIL.equals(what)) {
            throw new IllegalArgumentException("there is no reply:" + what + "; write reply:mail");
        }
        return new ReplyProducer(this, replying, options(), templates, on);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("reply:mail makes mails; a route cannot read from it");
    }

    @Override
    protected String createEndpointUri() {
        return "reply:" + what;
    }

    private ReplyOptions options() {
        return new ReplyOptions(
                text(from),
                text(replyTo),
                text(name),
                text(signature),
                text(language),
                text(template),
                rate,
                authenticated);
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }

    public String getWhat() {
        return what;
    }

    public void setWhat(String what) {
        this.what = what;
    }

    public String getFrom() {
        return from;
    }

    public void setFrom(String from) {
        this.from = from;
    }

    public String getReplyTo() {
        return replyTo;
    }

    public void setReplyTo(String replyTo) {
        this.replyTo = replyTo;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getSignature() {
        return signature;
    }

    public void setSignature(String signature) {
        this.signature = signature;
    }

    public String getLanguage() {
        return language;
    }

    public void setLanguage(String language) {
        this.language = language;
    }

    public String getTemplate() {
        return template;
    }

    public void setTemplate(String template) {
        this.template = template;
    }

    public int getRate() {
        return rate;
    }

    public void setRate(int rate) {
        this.rate = rate;
    }

    public boolean isAuthenticated() {
        return authenticated;
    }

    public void setAuthenticated(boolean authenticated) {
        this.authenticated = authenticated;
    }
}
