package io.threadpost.routecheck;

import java.util.Map;
import java.util.Optional;

import io.threadpost.settings.Form;

/** Options of Threadpost's own components whose text has a form that is known: times, zones, languages, mail addresses. */
final class OwnForms {
    private static final Map<String, Map<String, Form>> FORMS = Map.of(
            "files", Map.of("zone", Form.ZONE),
            "spool", Map.of("cron", Form.CRON, "zone", Form.ZONE),
            "digest",
                    Map.of(
                            "from", Form.MAIL_ADDRESS,
                            "to", Form.MAIL_ADDRESSES,
                            "language", Form.LANGUAGE,
                            "zone", Form.ZONE));

    private OwnForms() {}

    /** @return the form of an option's text; empty for any text */
    static Optional<Form> of(String scheme, String option) {
        return Optional.ofNullable(FORMS.getOrDefault(scheme, Map.of()).get(option));
    }

    /** Says what is wrong with a text. What is known only when the route runs, and no text at all, are no findings. */
    static void check(Form form, String text, int line, int column, Report report) {
        if (text.isBlank() || EndpointUri.open(text)) {
            return;
        }
        form.refusal(text).ifPresent(refusal -> {
            int advice = refusal.lastIndexOf("; ");
            report.error(line, column, refusal.substring(0, advice), refusal.substring(advice + 2));
        });
    }
}
