package io.threadpost.mail;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

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

import io.threadpost.mail.judge.JudgeOptions;

/** Judges an incoming mail, cleans its subject, or parks it. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "mail",
        title = "Mail",
        syntax = "mail:what",
        category = Category.MAIL,
        producerOnly = true,
        remote = false)
public class MailEndpoint extends DefaultEndpoint {
    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "judge",
            Set.of("park", "allow", "deny", "authserv", "authenticated", "rate", "per", "lists", "absence"),
            "subject",
            Set.of("prefixes", "tags", "max", "empty"),
            "park",
            Set.of("reason", "why"));

    private final MailRepository mailRepository;

    /** What to do with the mail. */
    @UriPath(enums = "judge,subject,park")
    @Metadata(required = true)
    private String what;

    /** judge: the reasons to park a mail for, separated by commas. Default: all except bulk. */
    @UriParam
    private String park;

    /**
     * judge: addresses and domains, separated by commas, whose mail counts as written by a person even if a program
     * sent it.
     */
    @UriParam
    private String allow;

    /** judge: addresses and domains, separated by commas, whose mail is parked. */
    @UriParam
    private String deny;

    /** judge: the mail host whose Authentication-Results are trusted, as it names itself there. Default: none. */
    @UriParam
    private String authserv;

    /** judge: whether to park mail whose sender that host does not authenticate. */
    @UriParam
    private boolean authenticated;

    /** judge: how many mails of one sender may pass. 0: no limit. */
    @UriParam
    private int rate;

    /** judge: the period of rate, such as 30m. */
    @UriParam(javaType = "java.time.Duration", defaultValue = "1h")
    private Duration per = Duration.ofHours(1);

    /**
     * judge: the hotel's own mailing lists, by List-Id, address or domain, separated by commas. Mail that arrives
     * through them is judged by its author.
     */
    @UriParam
    private String lists;

    /** judge: how subjects of absence notices begin, in addition to the built-in phrases, separated by commas. */
    @UriParam
    private String absence;

    /** subject: what happens to Re:, Fwd: and the like: keep all, keep the first one, or none. */
    @UriParam(enums = "keep,one,none", defaultValue = "one")
    private String prefixes = "one";

    /** subject: words, separated by commas, to remove where they are in brackets, such as EXTERNAL. */
    @UriParam
    private String tags;

    /** subject: the maximum number of characters; a longer subject ends in an ellipsis. */
    @UriParam(defaultValue = "200")
    private int max = 200;

    /** subject: the replacement for an empty subject. */
    @UriParam(defaultValue = "(no subject)")
    private String empty = "(no subject)";

    /** park: a one-word reason. Default: the judge's. */
    @UriParam
    private String reason;

    /** park: the explanation in one line. Default: the judge's. */
    @UriParam
    private String why;

    MailEndpoint(String uri, Component component, String what, MailRepository mailRepository) {
        super(uri, component);
        this.what = what;
        this.mailRepository = mailRepository;
    }

    /**
     * @throws IllegalArgumentException if an option belongs to another {@code mail:} endpoint, in one line for people
     */
    void checkOptions(Set<String> options) {
        Set<String> known = OPTIONS.get(what);
        if (known == null) {
            throw new IllegalArgumentException("mail:" + what + ": use mail:judge, mail:subject or mail:park");
        }
        for (String option : options) {
            for (Map.Entry<String, Set<String>> other : OPTIONS.entrySet()) {
                if (!known.contains(option) && other.getValue().contains(option)) {
                    throw new IllegalArgumentException(
                            "mail:" + what + ": " + option + " is an option of mail:" + other.getKey());
                }
            }
        }
    }

    /** @throws IllegalArgumentException if an option is invalid, in one line for people */
    void validate() {
        if (what.equals("judge")) {
            judgeOptions();
        } else if (what.equals("subject")) {
            subjectOptions();
        }
    }

    @Override
    public Producer createProducer() {
        return switch (what) {
            case "judge" -> new JudgeProducer(this, judgeOptions(), mailRepository);
            case "subject" -> new SubjectProducer(this, subjectOptions());
            default -> new ParkProducer(this, mailRepository, text(reason), text(why));
        };
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "mail:" + what + " is for producers only; consume mails from spool:mail");
    }

    @Override
    protected String createEndpointUri() {
        return "mail:" + what;
    }

    private JudgeOptions judgeOptions() {
        return JudgeOptions.of(
                park, text(allow), text(deny), text(authserv), authenticated, rate, per, text(lists), text(absence));
    }

    private SubjectProducer.Options subjectOptions() {
        return SubjectProducer.Options.of(
                prefixes, text(tags), max, text(empty).isEmpty() ? "(no subject)" : text(empty));
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

    public String getPark() {
        return park;
    }

    public void setPark(String park) {
        this.park = park;
    }

    public String getAllow() {
        return allow;
    }

    public void setAllow(String allow) {
        this.allow = allow;
    }

    public String getDeny() {
        return deny;
    }

    public void setDeny(String deny) {
        this.deny = deny;
    }

    public String getAuthserv() {
        return authserv;
    }

    public void setAuthserv(String authserv) {
        this.authserv = authserv;
    }

    public boolean isAuthenticated() {
        return authenticated;
    }

    public void setAuthenticated(boolean authenticated) {
        this.authenticated = authenticated;
    }

    public int getRate() {
        return rate;
    }

    public void setRate(int rate) {
        this.rate = rate;
    }

    public Duration getPer() {
        return per;
    }

    public void setPer(Duration per) {
        this.per = per;
    }

    public String getLists() {
        return lists;
    }

    public void setLists(String lists) {
        this.lists = lists;
    }

    public String getAbsence() {
        return absence;
    }

    public void setAbsence(String absence) {
        this.absence = absence;
    }

    public String getPrefixes() {
        return prefixes;
    }

    public void setPrefixes(String prefixes) {
        this.prefixes = prefixes;
    }

    public String getTags() {
        return tags;
    }

    public void setTags(String tags) {
        this.tags = tags;
    }

    public int getMax() {
        return max;
    }

    public void setMax(int max) {
        this.max = max;
    }

    public String getEmpty() {
        return empty;
    }

    public void setEmpty(String empty) {
        this.empty = empty;
    }

    public String getReason() {
        return reason;
    }

    public void setReason(String reason) {
        this.reason = reason;
    }

    public String getWhy() {
        return why;
    }

    public void setWhy(String why) {
        this.why = why;
    }
}
