package io.threadpost.sandbox;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The requests and their answers: all are counted, the last ones are kept one by one, and refusals separately. */
final class RequestLog {
    private static final int KEPT = 100_000;
    private static final int KEPT_REFUSALS = 10_000;

    private final boolean keeps;
    private final Deque<SandboxRequest> requests = new ArrayDeque<>();
    private final Deque<SandboxRequest> refusals = new ArrayDeque<>();
    private final Map<Integer, Long> byStatus = new TreeMap<>();
    private final Map<String, Long> byRefusal = new TreeMap<>();
    private final Map<String, Long> byFault = new TreeMap<>();

    RequestLog(boolean keeps) {
        this.keeps = keeps;
    }

    synchronized void record(SandboxRequest request) {
        byStatus.merge(request.status(), 1L, Long::sum);
        if (keeps) {
            keep(requests, request, KEPT);
        }
        if (request.refusal() != null) {
            byRefusal.merge(request.status() + " " + request.refusal(), 1L, Long::sum);
            keep(refusals, request, KEPT_REFUSALS);
        }
        if (request.fault() != null) {
            byFault.merge(request.fault(), 1L, Long::sum);
        }
    }

    synchronized List<SandboxRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized List<SandboxRequest> refusals() {
        return List.copyOf(refusals);
    }

    /** Counts stay. */
    synchronized void clear() {
        requests.clear();
        refusals.clear();
    }

    /** Requests by status; 0 stands for no answer. */
    synchronized Map<Integer, Long> byStatus() {
        return new TreeMap<>(byStatus);
    }

    synchronized Map<String, Long> byRefusal() {
        return new TreeMap<>(byRefusal);
    }

    synchronized Map<String, Long> byFault() {
        return new TreeMap<>(byFault);
    }

    private static void keep(Deque<SandboxRequest> kept, SandboxRequest request, int most) {
        if (kept.size() == most) {
            kept.removeFirst();
        }
        kept.addLast(request);
    }
}
