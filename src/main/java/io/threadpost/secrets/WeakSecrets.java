package io.threadpost.secrets;

import java.util.Locale;
import java.util.Set;

/**
 * Which secrets are too weak to be redacted: replaced everywhere, they would take ordinary words out of the log, and so
 * reveal what they are.
 */
public final class WeakSecrets {
    /** Characters of the shortest secret that is accepted. */
    public static final int SHORTEST = 4;
    /** Common words of up to six letters in logs, health and errors. */
    private static final Set<String> WORDS =
            Set.of(("able about access add added adds after again alarm all alone also always and answer any api"
                            + " are asked at away base batch been before began begin below body both broken "
                            + "broker but by bytes cache call can cannot"
                            + " change check class client close closed column commit could cron data date day "
                            + "dead default delete did digest disk does"
                            + " done down each else empty end ended error every failed false field file files "
                            + "find first folder for found from full get"
                            + " given gone had half has have header held here hold host hotel hour hours how idle "
                            + "in info instead into is it item items"
                            + " its java json just keep key keys kept know known last late lease left less let "
                            + "level lies line lines list live local"
                            + " lock log long look made mail mails main make many may memory method missing month "
                            + "more most move moved much must name"
                            + " named names never new next no none not note nothing now null off old on once one "
                            + "only open or order other out over own"
                            + " page pages parked parcel part pass passed path pause paused place plan port post "
                            + "pull pulled push put query queue read"
                            + " ready reason record refuse remove reply result retry right route routes row rows "
                            + "run runs safe said same saw say says"
                            + " second see seen send sender sends sent server set shown side since size slow so "
                            + "some spool start state stays step steps"
                            + " still stop such sure take taken target text than that the their them then there "
                            + "these they thing this thread time times"
                            + " to told too topic tried true try turn two type under until up upto url use used "
                            + "user uses utc value wait waits walk warn"
                            + " was way week well went were what when where which while who why will window with "
                            + "word words work works would write"
                            + " wrong year yes yet you zone")
                    .split(" "));

    private WeakSecrets() {}

    /** Whether it is a common word, or too short. */
    public static boolean isWeak(String secret) {
        return secret.codePointCount(0, secret.length()) < SHORTEST || WORDS.contains(secret.toLowerCase(Locale.ROOT));
    }
}
