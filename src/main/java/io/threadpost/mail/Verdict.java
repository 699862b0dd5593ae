package io.threadpost.mail;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a mail was judged.
 *
 * @param person whether it counts as written by a person to the hotel; otherwise it is parked
 * @param answerable whether a program may answer it (RFC 3834)
 * @param reason why it does not count as a person's, a short word; empty when it does
 * @param why the same as one line for people; empty when it does
 * @param reasons all that was found, a line each
 * @param authentication what the pinned host says of its sender; empty when it says nothing
 */
record Verdict(
        boolean person, boolean answerable, String reason, String why, List<String> reasons, String authentication) {
    /** The mail passes without being judged. */
    static Verdict passing(String why) {
        return new Verdict(true, false, "", "", List.of(why), "");
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("person", person);
        map.put("answerable", answerable);
        map.put("reason", reason);
        map.put("why", why);
        map.put("reasons", reasons);
        map.put("authentication", authentication);
        return map;
    }
}
