package io.threadpost.spool;

/** Names of the headers and exchange properties of {@code spool:}, as routes use them. */
public final class SpoolConstants {
    /** Header: identifies the item's effect; the same key twice is the same effect. */
    public static final String KEY = "ThreadpostKey";
    /** Header: the connection (hotel) that the item, or every item of a list, belongs to. */
    public static final String CONNECTION = "ThreadpostConnection";
    /** Header: the enterprise that the item belongs to, where the connection has {@code enterprise-ids}. */
    public static final String ENTERPRISE = "ThreadpostEnterprise";
    /** Header: the number of the batch in the ledger, never used twice. */
    public static final String BATCH = "ThreadpostBatch";
    /** Header: the time at which the spool was opened, for a batch of a spool that has a cron. */
    public static final String TICK = "ThreadpostTick";
    /** Header: which of the tick's batches it is, from 1. */
    public static final String PART = "ThreadpostPart";
    /** Header: how many batches the tick has, as far as it is known. */
    public static final String PARTS = "ThreadpostParts";
    /** Exchange property: the items of a list, in the order of their bodies. */
    public static final String ITEMS = "ThreadpostItems";
    /** Exchange property: the {@link ExchangeOutbox} that collects what the exchange sends to spools. */
    public static final String OUTBOX = "ThreadpostOutbox";
    /**
     * Exchange property that a route may set: as what the target has the item, such as a file's path or an id. A text,
     * or for a list a {@link java.util.List} with one for each item, in the order of the bodies.
     */
    public static final String RECEIPT = "ThreadpostReceipt";
    /** Exchange property: the {@link Rejections} of a list. */
    public static final String REJECTIONS = "ThreadpostRejections";

    private SpoolConstants() {}
}
