package io.threadpost.preview;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

import io.threadpost.json.JsonCodec;
import io.threadpost.json.RawJson;
import io.threadpost.preview.MessageHistory.ExpressionValue;
import io.threadpost.retry.FailureReason;
import io.threadpost.secrets.Redactor;
import io.threadpost.steptrace.StepTrace;

/** Records the steps and effects of one exchange after the other, which all run on one thread. */
final class EffectRecorder implements InterceptStrategy {
    private static final Pattern SPOOL = Pattern.compile("spool:/*([^?/\\]]+)");

    private final Redactor redactor;
    private final Deque<Call> running = new ArrayDeque<>();
    private final StepReport steps;
    /** The steps that sent to each spool, in order. */
    private final Map<String, Deque<Passage.Source>> senders = new HashMap<>();

    private final Set<String> files = new HashSet<>();
    private StepTrace trace;
    private Throwable failure;
    private List<ServiceAnswer> answers = List.of();
    private Passage passage;

    /** @param secrets that are not shown */
    EffectRecorder(Set<String> secrets) {
        this.redactor = new Redactor(secrets);
        this.steps = new StepReport(redactor);
    }

    /** A step that runs. */
    private record Call(NamedNode node, Exchange exchange, List<ExpressionValue> values) {}

    /** @param routes what the loaded routes reach */
    void loaded(RouteReach routes) {
        steps.loaded(routes);
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
        failure = null;
        running.clear();
        steps.restart();
        senders.clear();
    }

    void end() {
        if (trace != null && trace.path() != null) {
            passage.steps(trace.path().visits().stream()
                    .map(visit -> steps.step(visit, trace.failed()))
                    .toList());
        }
    }

    /** @return the step that sent the next item to the spool */
    Passage.Source sender(String spool) {
        Deque<Passage.Source> sources = senders.getOrDefault(spool, new ArrayDeque<>());
        if (sources.isEmpty()) {
            // An item that is sent at once comes before its step is done.
            return source(running.peek());
        }
        return sources.size() == 1 ? sources.peek() : sources.poll();
    }

    /** @param fields bytes become text */
    void effect(String kind, Map<String, Object> fields) {
        Map<String, Object> shown = new LinkedHashMap<>();
        fields.forEach((name, value) -> shown.put(name, shown(value)));
        Call call = running.peek();
        NamedNode node = call == null ? null : call.node();
        passage.add(new Passage.Effect(
                kind,
                node == null ? "" : StepReport.file(node.getLocation()),
                node == null ? 0 : Math.max(0, node.getLineNumber()),
                shown,
                source(call)));
    }

    private List<ExpressionValue> values(NamedNode node, Exchange exchange) {
        try {
            return ExpressionReader.of(node, exchange, this::text);
        } catch (RuntimeException e) {
            // Such as of a body that is no JSON object: the step itself fails of it, where its route can handle that.
            return List.of();
        }
    }

    private Passage.Source source(Call call) {
        if (call == null) {
            return Passage.Source.UNKNOWN;
        }
        List<String> conditions = new ArrayList<>();
        NamedNode inner = call.node();
        for (Call around : running) {
            if (around.node() instanceof FilterDefinition && around != call) {
                conditions.add(steps.place(around.node()) + " is true" + with(around.values()));
            } else if (around.node() instanceof ChoiceDefinition choice) {
                NamedNode step = inner;
                while (step.getParent() != null && step.getParent() != around.node()) {
                    step = step.getParent();
                }
                String branch =
                        RouteReach.branch(choice, step).map(NamedNode::getLabel).orElse("");
                conditions.add(StepReport.at(around.node()) + redactor.redact(branch) + with(around.values()));
            }
            inner = around.node();
        }
        return new Passage.Source(
                passage.from(),
                steps.place(call.node()),
                call.values(),
                conditions,
                MessageHistory.of(call.exchange()));
    }

    private static String with(List<ExpressionValue> values) {
        return values.isEmpty()
                ? ""
                : ", since " + values.stream().map(ExpressionValue::toString).collect(Collectors.joining(", "));
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
        steps.add(node);
        return new RecordedStep(node, target);
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
            Call call = new Call(node, exchange, values(node, exchange));
            steps.ran(node, call.values());
            MessageHistory earlier = MessageHistory.of(exchange);
            MessageHistory.State then = MessageHistory.State.of(exchange);
            int sends = sends();
            running.push(call);
            return super.process(exchange, sync -> {
                try {
                    done(call, earlier, then, sends() == sends);
                } finally {
                    running.remove(call);
                    callback.done(sync);
                }
            });
        }
    }

    /** @param only whether no step inside of this one sent to a spool */
    private void done(Call call, MessageHistory earlier, MessageHistory.State then, boolean only) {
        Exchange exchange = call.exchange();
        if (exchange.getException() != null && exchange.getException() != failure) {
            failure = exchange.getException();
            passage.caught(steps.place(call.node()) + ": " + text(FailureReason.of(exchange.getException())));
        }
        if (only) {
            spool(call).ifPresent(spool -> senders.computeIfAbsent(spool, name -> new ArrayDeque<>())
                    .add(source(call)));
        }
        MessageHistory.add(call.node(), exchange, earlier, then, steps.place(call.node()), call.values());
    }

    private int sends() {
        return senders.values().stream().mapToInt(Deque::size).sum();
    }

    /** @return the spool that the step has just sent to; empty when it did not send to one */
    private static Optional<String> spool(Call call) {
        String uri =
                switch (call.node().getShortName()) {
                    case "to", "toD", "recipientList", "routingSlip", "dynamicRouter", "kamelet" ->
                        call.exchange().getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class);
                    // Its copy has the property.
                    case "wireTap" -> call.node().getLabel();
                    default -> null;
                };
        Matcher spool = SPOOL.matcher(String.valueOf(uri));
        return spool.find() ? Optional.of(spool.group(1)) : Optional.empty();
    }
}
