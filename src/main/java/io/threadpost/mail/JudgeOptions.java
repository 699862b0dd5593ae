package io.threadpost.mail;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.threadpost.settings.NearestWord;

/**
 * The rules of a route for judging.
 *
 * @param park reasons for which a mail is parked; the others are only told
 * @param allow senders whose mail counts as a person's, whatever program sent it
 * @param deny senders whose mail is parked
 * @param authserv the host whose word on senders is believed; empty for none
 * @param authenticated whether mail is parked whose sender that host does not vouch for
 * @param rate how many mails of one sender may pass
 * @param lists mailing lists that are the hotel's own: what comes by them is a person's
 * @param absence how the subjects of absence notices begin
 */
record JudgeOptions(
        Set<String> park,
        SenderList allow,
        SenderList deny,
        String authserv,
        boolean authenticated,
        SenderRate rate,
        OwnLists lists,
        AbsenceSubjects absence) {
    /**
     * Reasons that a route may choose from; own-mail, denied, unreadable, unauthenticated and rate park in any case.
     */
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

    /** What parks when the route does not say: all but what goes to many, since portals for bookings mark theirs so. */
    private static final Set<String> PARKING = Set.of(
            "bounce", "receipt", "abuse-report", "report", "auto-reply", "out-of-office", "generated", "list", "empty");

    /** Reasons that a sender who is allowed is not parked for. */
    private static final Set<String> WAIVED =
            Set.of("auto-reply", "out-of-office", "generated", "list", "bulk", "rate", "empty");

    /** Not chosen: it would go round in a circle, cannot be judged, or an option of its own says it. */
    private static final Set<String> ALWAYS = Set.of("own-mail", "denied", "unreadable", "unauthenticated", "rate");

    /** @throws IllegalArgumentException when an option cannot be used, in one line for people */
    static JudgeOptions of(
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
            throw new IllegalArgumentException("mail:judge: authenticated needs authserv, the host that is believed");
        }
        if (rate < 0 || per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("mail:judge: rate is 0 or more, and per longer than nothing");
        }
        return new JudgeOptions(
                park == null ? PARKING : reasons(park),
                new SenderList(allow),
                new SenderList(deny),
                authserv,
                authenticated,
                new SenderRate(rate, per),
                OwnLists.of(lists),
                AbsenceSubjects.with(absence));
    }

    /** @return whether that finding parks the mail */
    boolean parks(MailFinding mailFinding, boolean allowed) {
        return !mailFinding.person()
                && (ALWAYS.contains(mailFinding.reason()) || park.contains(mailFinding.reason()))
                && !(allowed && WAIVED.contains(mailFinding.reason()));
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
