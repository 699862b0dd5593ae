package io.threadpost.preview;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.add.AddDryRun;
import io.threadpost.spool.RejectedItemException;

/** Records what is added to the platform; an {@link ServiceAnswer} of the example may refuse it. */
final class RecordedPlatform implements AddDryRun.Platform, Processor {
    /** The {@code Id} of every thread that is added. */
    static final String THREAD = "00000000-0000-0000-0000-000000000000";

    private final EffectRecorder recorder;

    RecordedPlatform(EffectRecorder recorder) {
        this.recorder = recorder;
    }

    @Override
    public String addThread(String connection, String sender, String subject) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connection", connection);
        fields.put("sender", sender);
        fields.put("subject", subject);
        recorder.effect("thread", fields);
        refuse("direct:add-thread");
        return THREAD;
    }

    @Override
    public void addMessage(String connection, String thread, String text) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("connection", connection);
        fields.put("thread", thread);
        fields.put("text", text);
        recorder.effect("thread-message", fields);
        refuse("direct:add-messages");
    }

    private void refuse(String call) {
        ServiceAnswer answer = recorder.answer("", call);
        if (answer.status() >= 400) {
            throw new RejectedItemException(answer.body());
        }
    }

    /** A route of its own calls the platform. */
    @Override
    public void process(Exchange exchange) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("to", "direct:" + exchange.getFromRouteId());
        fields.put("headers", Map.of());
        fields.put("body", exchange.getMessage().getBody());
        recorder.effect("call", fields);
    }
}
