package io.threadpost.preview;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.threadpost.json.RawJson;
import io.threadpost.spool.SpoolItem;

/**
 * What passes the routes.
 *
 * @param threads as the platform wrote them; empty for anything else
 * @param items of spools, by the spool's name; empty for anything else
 * @param mail the raw mail; null for anything else
 * @param connection the connection (hotel) that they come from; null for the first one of the settings
 * @param received when the mailbox received the mail; null for the date of the mail
 * @param continues the {@code Id} of the thread that the mail continues; null when it begins one
 * @param answers of services that routes call
 */
public record Given(
        List<RawJson> threads,
        Map<String, SpoolItem> items,
        byte[] mail,
        String connection,
        Instant received,
        String continues,
        List<ServiceAnswer> answers) {

    public static Given threads(List<RawJson> threads, String connection, List<ServiceAnswer> answers) {
        return new Given(threads, Map.of(), null, connection, null, null, answers);
    }

    public static Given mail(byte[] raw, String connection, List<ServiceAnswer> answers) {
        return new Given(List.of(), Map.of(), raw, connection, null, null, answers);
    }
}
