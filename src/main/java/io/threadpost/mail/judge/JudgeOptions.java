package io.threadpost.mail.judge;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.threadpost.routecheck.NearestWord;

/**
 * The rules of a route.
 *
 * @param park reasons that park a mail; the others are only listed
 * @param allow senders whose mail counts as a person's, whatever sent it
 * @param deny senders whose mail is parked
 * @param authserv the host whose authentication results are trusted; empty for none
 * @param authenticated whether to park mail whose sender that host does not authenticate
 * @param rate how many mails of one sender may pass in {@code per}; 0 for any number
 * @param lists the hotel's own mailing lists, whose mail is a person's
 * @param absence how the subjects of absence notices begin
 */
public record JudgeOptions(
        Set<String> park,
        SenderList allow,
        SenderList deny,
        String authserv,
        boolean authenticated,
        int rate,
        Duration per,
        MailingLists lists,
        AbsenceSubjects absence) {
    /** A route may choose from these; own-mail, denied, unreadable, unauthenticated and rate always park. */
    private static final List<String> REASONS = List.of(
            "bounce",
            "receipt",
            "abuse-report",
            "report",
            "auto-reply",
            "out-of-office",
            "generated",
            "list",
            "bulk",
            "empty");

    /** Parks by default: all but bulk mail, since booking portals mark theirs so. */
    private static final Set<String> PARKING = Set.of(
            "bounce", "receipt", "abuse-report", "report", "auto-reply", "out-of-office", "generated", "list", "empty");

    /** Do not park mail of an allowed sender. */
    private static final Set<String> WAIVED =
            Set.of("auto-reply", "out-of-office", "generated", "list", "bulk", "rate", "empty");

    /** Park whatever the route chooses: the mail would loop, cannot be judged, or another option says so. */
    private static final Set<String> ALWAYS = Set.of("own-mail", "denied", "unreadable", "unauthenticated", "rate");

    /** @throws IllegalArgumentException when an option cannot be used, in one line for people */
    public static JudgeOptions of(
            String park,
            String allow,
            String deny,
            String authserv,
            boolean authenticated,
            int rate,
            Duration per,
            String lists,
            String absence) {
        if (authenticated && authserv.isEmpty()) {
            throw new IllegalArgumentException("mail:judge: authenticated needs authserv, the host that is trusted");
        }
        if (rate < 0 || per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("mail:judge: rate must be 0 or more, and per positive");
        }
        return new JudgeOptions(
                park == null ? PARKING : reasons(park),
                SenderList.of(allow),
                SenderList.of(deny),
                authserv,
                authenticated,
                rate,
                per,
                MailingLists.of(lists),
                AbsenceSubjects.with(absence));
    }

    /** The rules without any option. */
    public static JudgeOptions usual() {
        return of(null, "", "", "", false, 0, Duration.ofHours(1), "", "");
    }

    /** @return whether that finding parks the mail */
    boolean parks(MailFinding finding, boolean allowed) {
        return !finding.person()
                && (ALWAYS.contains(finding.reason()) || park.contains(finding.reason()))
                && !(allowed && WAIVED.contains(finding.reason()));
    }

    private static Set<String> reasons(String text) {
        Set<String> reasons = new LinkedHashSet<>();
        for (String word : text.strip().isEmpty() ? new String[0] : text.strip().split("\\s*,\\s*")) {
            if (!REASONS.contains(word)) {
                throw new IllegalArgumentException("mail:judge: park: there is no reason `" + word + "`; "
                        + new NearestWord(REASONS)
                                .likely(word)
                                .map(near -> "did you mean `" + near + "`?")
                                .orElse("there are " + String.join(", ", REASONS)));
            }
            reasons.add(word);
        }
        return reasons;
    }
}
