package io.threadpost.routecheck;

import java.util.Map;
import java.util.Optional;

import io.threadpost.settings.TextFormat;

/**
 * Options of Threadpost's own components whose text has a form that is known: times, zones, languages, mail addresses.
 */
final class OwnOptionFormats {
    private static final Map<String, Map<String, TextFormat>> FORMS = Map.of(
            "files", Map.of("zone", TextFormat.ZONE),
            "spool", Map.of("cron", TextFormat.CRON, "zone", TextFormat.ZONE),
            "digest",
                    Map.of(
                            "from", TextFormat.MAIL_ADDRESS,
                            "to", TextFormat.MAIL_ADDRESSES,
                            "language", TextFormat.LANGUAGE,
                            "zone", TextFormat.ZONE));

    private OwnOptionFormats() {}

    /** @return the form of an option's text; empty for any text */
    static Optional<TextFormat> of(String scheme, String option) {
        return Optional.ofNullable(FORMS.getOrDefault(scheme, Map.of()).get(option));
    }

    /** Says what is wrong with a text. What is known only when the route runs, and no text at all, are no findings. */
    static void check(TextFormat textFormat, String text, int line, int column, FindingCollector findingCollector) {
        if (text.isBlank() || EndpointUri.open(text)) {
            return;
        }
        textFormat.refusal(text).ifPresent(refusal -> {
            int advice = refusal.lastIndexOf("; ");
            findingCollector.error(line, column, refusal.substring(0, advice), refusal.substring(advice + 2));
        });
    }
}
