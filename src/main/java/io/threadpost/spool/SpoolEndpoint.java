package io.threadpost.spool;

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

/** A durable queue in the ledger. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "spool",
        title = "Spool",
        syntax = "spool:name",
        category = Category.MESSAGING,
        remote = false)
public class SpoolEndpoint extends DefaultEndpoint {
    private final ItemStore items;
    private final SpoolDrain.Services drains;

    /** The name of the spool: lower-case letters, digits and hyphens. */
    @UriPath
    @Metadata(required = true)
    private String name;

    /** The maximum number of bodies in a list. Default: one exchange for each item instead of lists. */
    @UriParam(label = "consumer")
    private Integer batch;

    /** The maximum number of items in flight at once, each in its own exchange. */
    @UriParam(label = "consumer", defaultValue = "1")
    private Integer parallel;

    /** The maximum number of items a second, over all routes of this process that read the spool. Default: no limit. */
    @UriParam(label = "consumer")
    private Integer rate;

    /** The maximum number of items of this spool in one parcel. Default: threadpost.spool.parcel. */
    @UriParam
    private Integer parcel;

    /**
     * A Quartz cron expression: the spool opens at these times, hands out what it holds then, and keeps what arrives
     * later until the next time. Default: always open.
     */
    @UriParam(label = "consumer")
    private String cron;

    /** The time zone of the cron expression, such as Europe/Prague. */
    @UriParam(label = "consumer", defaultValue = "UTC")
    private String zone;

    /** Whether to hand out an empty list if the spool holds nothing when it opens. */
    @UriParam(label = "consumer")
    private boolean empty;

    SpoolEndpoint(String uri, Component component, String name, ItemStore items, SpoolDrain.Services drains) {
        super(uri, component);
        this.name = name;
        this.items = items;
        this.drains = drains;
    }

    @Override
    public Producer createProducer() {
        return new SpoolProducer(this, name, items);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        ConsumerOptions options = consumerOptions();
        SpoolConsumer consumer =
                new SpoolConsumer(this, processor, () -> new SpoolDrain(name, options, drains), drains.journeys.on());
        configureConsumer(consumer);
        return consumer;
    }

    @Override
    protected String createEndpointUri() {
        return "spool:" + name;
    }

    /** @throws IllegalArgumentException if an option is invalid or contradicts another, in one line for people */
    ConsumerOptions consumerOptions() {
        positive("batch", batch);
        positive("parallel", parallel);
        positive("rate", rate);
        positive("parcel", parcel);
        if (batch != null && parallel != null) {
            throw wrong("parallel hands out single items; remove parallel or batch");
        }
        if (cron == null && (zone != null || empty)) {
            throw wrong("zone and empty need a cron");
        }
        return new ConsumerOptions(
                batch == null ? 0 : batch,
                parallel == null ? 1 : parallel,
                rate == null ? 0 : rate,
                timetable(),
                empty);
    }

    private Timetable timetable() {
        try {
            return cron == null ? null : new Timetable(cron, zone);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private void positive(String option, Integer value) {
        if (value != null && value < 1) {
            throw wrong(option + " must be 1 or more");
        }
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("spool:" + name + ": " + what);
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public Integer getBatch() {
        return batch;
    }

    public void setBatch(Integer batch) {
        this.batch = batch;
    }

    public Integer getParallel() {
        return parallel;
    }

    public void setParallel(Integer parallel) {
        this.parallel = parallel;
    }

    public Integer getRate() {
        return rate;
    }

    public void setRate(Integer rate) {
        this.rate = rate;
    }

    public Integer getParcel() {
        return parcel;
    }

    public void setParcel(Integer parcel) {
        this.parcel = parcel;
    }

    public String getCron() {
        return cron;
    }

    public void setCron(String cron) {
        this.cron = cron;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String zone) {
        this.zone = zone;
    }

    public boolean isEmpty() {
        return empty;
    }

    public void setEmpty(boolean empty) {
        this.empty = empty;
    }
}
