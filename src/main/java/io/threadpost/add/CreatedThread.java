package io.threadpost.add;

import java.util.Map;

/**
 * A thread as the platform has it.
 *
 * @param id its {@code Id}
 * @param created its {@code CreatedUtc} as written
 */
record CreatedThread(String id, String sender, String subject, String created) {
    /** @param json the platform's object; fields that are missing become empty */
    static CreatedThread of(Map<String, Object> json) {
        return new CreatedThread(
                text(json, "Id"), text(json, "OriginalSender"), text(json, "Subject"), text(json, "CreatedUtc"));
    }

    private static String text(Map<String, Object> json, String field) {
        return json.get(field) instanceof String text ? text : "";
    }
}
