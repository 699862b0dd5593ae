package io.threadpost.spool;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * As what a target has the items of an exchange, for their journeys: what a step or a route put into the exchange
 * property {@code ThreadpostReceipt}, otherwise what Camel's components leave in the message.
 */
final class Receipt {
    /** Headers that producers set, with what they are. A list: the first one that is there counts. */
    private static final List<Map.Entry<String, String>> HEADERS = List.of(
            Map.entry("CamelFileNameProduced", "file "),
            Map.entry("CamelKafkaRecordMeta", "record "),
            Map.entry("CamelHttpResponseCode", "HTTP status "),
            Map.entry("JMSMessageID", "message "));

    private static final int LONGEST = 1000;

    private Receipt() {}

    /**
     * @param items how many the exchange has
     * @return one for each item, one for all, or none
     */
    static List<String> of(Exchange exchange, int items) {
        Object named = exchange.getProperty(SpoolConstants.RECEIPT);
        if (named instanceof List<?> list && list.size() == items) {
            List<String> receipts = new ArrayList<>(items);
            list.forEach(one -> receipts.add(one == null ? null : cut(one.toString())));
            return receipts.stream().distinct().count() == 1 ? Collections.singletonList(receipts.get(0)) : receipts;
        }
        if (named != null && !(named instanceof List)) {
            return List.of(cut(named.toString()));
        }
        Message message = exchange.getMessage();
        for (Map.Entry<String, String> header : HEADERS) {
            Object value = message.getHeader(header.getKey());
            if (value != null) {
                return List.of(cut(header.getValue() + value.toString().replaceAll("^\\[|]$", "")));
            }
        }
        return List.of();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
