package io.threadpost.preview;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/** The outcomes of examples in the XML that CI servers read. */
public record JUnitReport(List<ExampleRun.Outcome> outcomes) {
    /** @return the document */
    public String xml() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        long failed = outcomes.stream().filter(outcome -> !outcome.passed()).count();
        long millis = outcomes.stream().mapToLong(ExampleRun.Outcome::millis).sum();
        xml.append("<testsuite name=\"threadpost examples\" tests=\"%d\" failures=\"%d\" errors=\"0\" time=\"%s\">%n"
                .formatted(outcomes.size(), failed, seconds(millis)));
        for (ExampleRun.Outcome outcome : outcomes) {
            xml.append("  <testcase classname=\"examples\" name=\"%s\" time=\"%s\""
                    .formatted(escaped(outcome.name()), seconds(outcome.millis())));
            if (outcome.passed()) {
                xml.append("/>\n");
            } else {
                String message = outcome.problems().get(0).lines().findFirst().orElse("");
                xml.append(">\n    <failure message=\"%s\">%s</failure>%n  </testcase>%n"
                        .formatted(escaped(message), escaped(String.join("\n", outcome.problems()))));
            }
        }
        return xml.append("</testsuite>\n").toString();
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.3f", millis / 1000.0);
    }

    /** XML allows no control characters, and no half of a surrogate pair, which is left where a text is cut. */
    private static String escaped(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\uFFFE\\uFFFF]", "?")
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
