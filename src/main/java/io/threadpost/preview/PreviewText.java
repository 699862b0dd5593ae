package io.threadpost.preview;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import io.threadpost.mail.MailDryRun;

/** A preview for people, line by line. */
public final class PreviewText {
    /** The identifiers that digests and keyless items get. */
    private static final Pattern RANDOM =
            Pattern.compile("(?<=<|key )[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}");

    private static final int LONGEST_BODY = 2000;
    private static final int LONGEST_LABEL = 400;

    private final List<String> lines = new ArrayList<>();
    private final boolean numbered;

    /** @param numbered whether steps have their lines */
    private PreviewText(boolean numbered) {
        this.numbered = numbered;
    }

    /** @return its lines */
    public static List<String> of(Preview.Result result) {
        return lines(new PreviewText(true), result);
    }

    /** @return its lines without line numbers, which an edit moves, and without what differs from run to run */
    public static List<String> comparable(Preview.Result result) {
        return lines(new PreviewText(false), result).stream()
                .map(line -> RANDOM.matcher(line).replaceAll("…"))
                .toList();
    }

    private static List<String> lines(PreviewText text, Preview.Result result) {
        result.mail().ifPresent(text::mail);
        result.passages().forEach(text::passage);
        result.spools().forEach((spool, fate) -> {
            if (!fate.isEmpty()) {
                text.lines.add("spool:" + spool);
                text.lines.add("  " + fate);
                text.lines.add("");
            }
        });
        return text.lines;
    }

    private void mail(MailDryRun.Result mail) {
        lines.add("mail");
        for (String field : List.of("from", "replyTo", "to", "subject", "date", "charset", "problems")) {
            field(2, field, mail.fields().get(field));
        }
        field(2, "text", mail.fields().get("text"));
        if (mail.fields().get("attachments") instanceof Collection<?> attachments) {
            attachments.forEach(attachment -> field(2, "attachment", attachment));
        }
        for (String field : List.of("person", "answerable", "reasons", "authentication")) {
            field(2, field, mail.fields().get(field));
        }
        mail.parked()
                .ifPresentOrElse(
                        why -> lines.add("  parked: " + why.getKey() + " (" + why.getValue() + ")"),
                        () -> lines.add(
                                mail.thread() == null ? "  becomes no thread" : "  becomes or continues a thread"));
        lines.add("");
    }

    private void passage(Passage passage) {
        lines.add(passage.from()
                + (passage.keys().size() > 1 ? ", " + passage.keys().size() + " items" : "")
                + (passage.tick() == null ? "" : ", at its next time " + passage.tick()));
        String file = "";
        for (Passage.Step step : passage.steps()) {
            if (!step.file().equals(file)) {
                file = step.file();
                lines.add("  " + file);
            }
            String what = "  ".repeat(step.level()) + step.name() + " " + shortened(step.label());
            lines.add(String.format("  %5s  %s", step.line() == 0 || !numbered ? "" : step.line(), what)
                    + (step.result().isEmpty() ? "" : "  → " + step.result()));
            if (step.result().equals("no") || step.name().equals("choice")) {
                step.values().forEach(value -> lines.add("         " + "  ".repeat(step.level()) + "where " + value));
            }
        }
        passage.sent().forEach(this::sent);
        passage.effects().forEach(this::effect);
        passage.rejected().forEach((item, why) -> lines.add("  item " + (item + 1) + " is dead: " + why));
        if (!passage.failure().isEmpty()) {
            lines.add("  fails: " + passage.failure());
            lines.add("  " + passage.consequence());
        }
        lines.add("");
    }

    private void sent(Passage.Sent sent) {
        lines.add("  sends to spool:" + sent.spool() + ", key " + sent.key());
        sent.headers().forEach((name, value) -> field(4, name, value));
    }

    private void effect(Passage.Effect effect) {
        String place =
                effect.file().isEmpty() ? "" : "  (" + effect.file() + (numbered ? ":" + effect.line() : "") + ")";
        lines.add("  " + effect.kind() + place);
        effect.fields().forEach((name, value) -> field(4, name, value));
    }

    private void field(int indent, String name, Object value) {
        String margin = " ".repeat(indent);
        if (value == null || value.equals("") || value instanceof List<?> list && list.isEmpty()) {
            return;
        }
        if (value instanceof Map<?, ?> map) {
            lines.add(margin + name);
            map.forEach((key, entry) -> field(indent + 2, key.toString(), entry));
            return;
        }
        String text = value.toString();
        String shown = text.length() > LONGEST_BODY ? text.substring(0, LONGEST_BODY) + "…" : text;
        if (shown.contains("\n")) {
            lines.add(margin + name);
            shown.lines().forEach(line -> lines.add(margin + "  | " + line));
        } else {
            lines.add(margin + name + ": " + shown);
        }
    }

    private static String shortened(String label) {
        String line = String.valueOf(label).replaceAll("\\s+", " ");
        return line.length() > LONGEST_LABEL ? line.substring(0, LONGEST_LABEL) + "…" : line;
    }
}
