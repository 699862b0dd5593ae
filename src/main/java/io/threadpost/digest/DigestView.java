package io.threadpost.digest;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The data of a template: only maps, lists and texts, so that a native executable can look up each of them without
 * reflection.
 */
final class DigestView {
    static final Comparator<ThreadRow> NEWEST_FIRST =
            Comparator.comparing(ThreadRow::updated).reversed().thenComparing(ThreadRow::id);

    private final DigestOptions options;
    private final MailTexts mailTexts;
    private final Issue issue;
    private final ZoneId zone;
    private final Map<String, String> names;
    private final DateTimeFormatter moment;
    private final DateTimeFormatter day;

    /** @throws IllegalArgumentException when an option cannot be used, in one line for people */
    DigestView(DigestOptions options, MailTexts mailTexts, Issue issue) {
        this.options = options;
        this.mailTexts = mailTexts;
        this.issue = issue;
        this.zone = options.zoneId();
        this.names = options.connectionNames();
        this.moment = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(mailTexts.locale())
                .withZone(zone);
        this.day = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(mailTexts.locale())
                .withZone(zone);
    }

    /** @param count threads in the mail */
    String subject(int count) {
        String subject = title() + ": " + mailTexts.text("count", count) + ", " + day.format(issue.time());
        return issue.parts() > 1 || issue.slices() > 1 ? subject + " (" + part() + ")" : subject;
    }

    Map<String, Object> data(List<ThreadRow> threads) {
        Map<String, Object> data = new HashMap<>();
        data.put("name", options.name());
        data.put("title", title());
        data.put("subject", subject(threads.size()));
        data.put("words", mailTexts.words());
        data.put("language", mailTexts.locale().toLanguageTag());
        data.put("date", day.format(issue.time()));
        data.put("zone", zone.getId());
        data.put("count", threads.size());
        data.put("countText", mailTexts.text("count", threads.size()));
        data.put("part", issue.part());
        data.put("parts", issue.parts());
        data.put("partText", part());
        data.put("named", !names.isEmpty());
        data.put("groups", groups(threads));
        return data;
    }

    /** By connection, that is, by hotel or portfolio. */
    private List<Map<String, Object>> groups(List<ThreadRow> threads) {
        Map<String, List<ThreadRow>> groups = threads.stream()
                .collect(Collectors.groupingBy(
                        thread -> thread.connection() == null ? "" : thread.connection(),
                        TreeMap::new,
                        Collectors.toList()));
        return groups.entrySet().stream()
                .map(group -> Map.<String, Object>of(
                        "name", names.getOrDefault(group.getKey(), group.getKey()),
                        "count", group.getValue().size(),
                        "countText", mailTexts.text("count", group.getValue().size()),
                        "threads",
                                group.getValue().stream()
                                        .sorted(NEWEST_FIRST)
                                        .map(this::thread)
                                        .toList()))
                .toList();
    }

    private Map<String, Object> thread(ThreadRow thread) {
        String link = options.linkTo(thread.connection(), thread.id());
        return Map.ofEntries(
                Map.entry("link", link),
                Map.entry("hasLink", !link.isEmpty()),
                Map.entry("id", thread.id()),
                Map.entry("sender", thread.sender()),
                Map.entry("subject", thread.subject()),
                Map.entry("created", text(thread.created())),
                Map.entry("createdUtc", thread.createdUtc()),
                Map.entry("updated", text(thread.updated())),
                Map.entry("updatedUtc", thread.updatedUtc()),
                Map.entry("isNew", thread.updated().equals(thread.created())),
                Map.entry("isResolved", Boolean.TRUE.equals(thread.resolved())),
                Map.entry("enterprise", thread.enterprise()),
                Map.entry("hasEnterprise", !thread.enterprise().isEmpty()));
    }

    private String title() {
        return options.subject().isEmpty() ? mailTexts.text("title") : DigestLine.line(options.subject());
    }

    private String part() {
        return mailTexts.text("part", issue.label(), issue.parts());
    }

    private String text(Instant time) {
        return time == null ? "" : moment.format(time);
    }

    /**
     * One issue of a digest.
     *
     * @param time its time
     * @param part from 1
     * @param parts how many batches the issue has
     * @param slice the number of the mail in its batch, from 1
     * @param slices how many mails the batch is split into, since mail clients clip long ones
     */
    record Issue(Instant time, int part, int parts, int slice, int slices) {
        Issue(Instant time, int part, int parts) {
            this(time, part, parts, 1, 1);
        }

        Issue slice(int number, int of) {
            return parts == 1 ? new Issue(time, number, of) : new Issue(time, part, parts, number, of);
        }

        /** @return the label of the part, for people */
        Object label() {
            return slices == 1 ? (Object) part : part + "." + slice;
        }
    }
}
