package io.threadpost.preview;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.CamelContextHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

import io.threadpost.json.JsonCodec;
import io.threadpost.json.RawJson;
import io.threadpost.secrets.Redactor;
import io.threadpost.steptrace.Step;
import io.threadpost.steptrace.StepPath;
import io.threadpost.steptrace.StepTrace;

/** Records the steps and effects of one exchange after the other, which all run on one thread. */
final class EffectRecorder implements InterceptStrategy {
    private final Redactor redactor;
    private final Deque<NamedNode> running = new ArrayDeque<>();
    private final Map<String, Integer> levels = new HashMap<>();
    private final Set<String> files = new HashSet<>();
    private StepTrace trace;
    private List<ServiceAnswer> answers = List.of();
    private Passage passage;

    /** @param secrets that are not shown */
    EffectRecorder(Set<String> secrets) {
        this.redactor = new Redactor(secrets);
    }

    /** Begins a preview. */
    void restart(List<ServiceAnswer> known) {
        answers = known;
        files.clear();
    }

    void written(String file) {
        files.add(file);
    }

    /** @return whether the same preview has written the file */
    boolean isWritten(String file) {
        return files.contains(file);
    }

    ServiceAnswer answer(String method, String address) {
        return answers.stream()
                .filter(answer -> answer.matches(method, address))
                .findFirst()
                .orElse(ServiceAnswer.EMPTY);
    }

    void begin(Passage next) {
        passage = next;
        trace = null;
        running.clear();
    }

    void end() {
        if (trace != null && trace.path() != null) {
            passage.steps(trace.path().visits().stream().map(this::step).toList());
        }
    }

    /** @param fields bytes become text */
    void effect(String kind, Map<String, Object> fields) {
        Map<String, Object> shown = new LinkedHashMap<>();
        fields.forEach((name, value) -> shown.put(name, shown(value)));
        NamedNode node = running.peek();
        passage.add(new Passage.Effect(
                kind,
                node == null ? "" : file(node.getLocation()),
                node == null ? 0 : Math.max(0, node.getLineNumber()),
                shown));
    }

    private Object shown(Object value) {
        if (value instanceof Map<?, ?> map && !(value instanceof RawJson)) {
            Map<String, Object> shown = new LinkedHashMap<>();
            map.forEach((name, field) -> shown.put(name.toString(), shown(field)));
            return shown;
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : text(value);
    }

    /** @return a body as text: of bytes that are not text, their number; redacted */
    String text(Object body) {
        if (body == null) {
            return null;
        }
        if (body instanceof byte[] bytes) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            return text.indexOf('\uFFFD') < 0 ? redactor.redact(text) : "(" + bytes.length + " bytes)";
        }
        if (body instanceof RawJson json) {
            return text(json.toBytes());
        }
        if (body instanceof Map<?, ?> || body instanceof Collection<?>) {
            return text(JsonCodec.encode(body));
        }
        return redactor.redact(body.toString());
    }

    /** Must be added before the step recorder: Camel lets the first one run outermost. */
    @Override
    public Processor wrapProcessorInInterceptors(
            CamelContext camel, NamedNode node, Processor target, Processor nextTarget) {
        int level = -1;
        for (NamedNode above = node.getParent(); above != null; above = above.getParent()) {
            level++;
        }
        levels.put(place(CamelContextHelper.getRouteId(node), node.getId()), Math.max(0, level));
        return new RecordedStep(node, target);
    }

    private static String place(String route, String id) {
        return route + " " + id;
    }

    /** Makes its node the current one while it runs. */
    private final class RecordedStep extends DelegateAsyncProcessor {
        private final NamedNode node;

        RecordedStep(NamedNode node, Processor target) {
            super(target);
            this.node = node;
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            if (trace == null) {
                trace = StepTrace.start(exchange);
            } else {
                // An aggregated exchange has the trace of an earlier one.
                exchange.setProperty(StepTrace.PROPERTY, trace);
            }
            if (node.getParent() instanceof AggregateDefinition aggregate
                    && "force".equals(exchange.getProperty(ExchangePropertyKey.AGGREGATED_COMPLETED_BY))) {
                boolean timeout = aggregate.getCompletionInterval() == null;
                exchange.setProperty(ExchangePropertyKey.AGGREGATED_COMPLETED_BY, timeout ? "timeout" : "interval");
            }
            running.push(node);
            return super.process(exchange, sync -> {
                running.remove(node);
                callback.done(sync);
            });
        }
    }

    private Passage.Step step(StepPath.Visit visit) {
        Step step = visit.step();
        String result = visit.branch() == null ? "" : redactor.redact(visit.branch());
        if (visit.outcome() == StepPath.Outcome.REJECTED) {
            result = "no";
        } else if (step.kind().equals("filter")) {
            result = "yes";
        }
        if (step == trace.failed()) {
            result = "failed";
        }
        return new Passage.Step(
                file(step.file()),
                Math.max(0, step.line()),
                step.route(),
                levels.getOrDefault(place(step.route(), step.id()), 0),
                step.kind(),
                redactor.redact(step.label()),
                result);
    }

    private static String file(String location) {
        return location == null ? "" : location.replaceFirst("^[a-z]+:", "").replaceFirst(":\\d+$", "");
    }
}
