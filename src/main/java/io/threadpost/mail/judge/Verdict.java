package io.threadpost.mail.judge;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The verdict on a mail.
 *
 * @param person whether it counts as written by a person to the hotel; otherwise the route parks it
 * @param answerable whether a program may answer it (RFC 3834)
 * @param reason why it does not, a short word; empty when it does
 * @param why the same as one line for people; empty when it does
 * @param reasons all findings, a line each
 * @param authentication the trusted host's results; empty without any
 * @param unanswerable why not even a person's reply goes to its sender by mail, one line for people; empty when it does
 * @param authenticity whether it is from the sender that it names
 */
public record Verdict(
        boolean person,
        boolean answerable,
        String reason,
        String why,
        List<String> reasons,
        String authentication,
        String unanswerable,
        Authenticity authenticity) {
    /** @return the verdict on a mail that passes whatever was found */
    public static Verdict passing(String why) {
        return new Verdict(true, false, "", "", List.of(why), "", why, Authenticity.UNKNOWN);
    }

    /** What routes and people read. */
    public Map<String, Object> asMap() {
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
