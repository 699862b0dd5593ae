package io.threadpost.page;

import java.time.Instant;
import java.util.List;

import jakarta.inject.Singleton;

import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.audit.AuditEntry;
import io.threadpost.audit.AuditLog;

/** The audit log, the newest entries first. */
@Singleton
final class AuditPage {
    private static final int PAGE = 100;

    private final AuditLog audit;

    AuditPage(AuditLog audit) {
        this.audit = audit;
    }

    /**
     * A page of the list.
     *
     * @param next the address of the next page; empty on the last one
     */
    @RegisterForReflection
    record View(List<Row> rows, String next) {}

    /**
     * An entry.
     *
     * @param time in full
     */
    @RegisterForReflection
    record Row(String ago, String time, String who, String action, String target, String result, String tone) {}

    /** @param before only entries with smaller numbers; 0 for the newest ones */
    View view(long before) {
        Instant now = Instant.now();
        List<AuditEntry> found = audit.list(before == 0 ? Long.MAX_VALUE : before, PAGE + 1);
        return new View(
                found.stream().limit(PAGE).map(entry -> row(entry, now)).toList(),
                found.size() <= PAGE
                        ? ""
                        : "/audit?before=" + found.get(PAGE - 1).id());
    }

    private static Row row(AuditEntry entry, Instant now) {
        boolean open = entry.result() == null;
        boolean failed =
                !open && (entry.result().startsWith("refused") || entry.result().startsWith("failed"));
        return new Row(
                PageFormat.ago(entry.at(), now),
                PageFormat.time(entry.at()),
                entry.who() + (entry.origin().isEmpty() ? "" : ", from " + entry.origin()),
                entry.action(),
                entry.target(),
                open ? "in progress, or the process was stopped" : entry.result(),
                open || failed ? "warn" : "ok");
    }
}
