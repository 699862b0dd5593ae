package io.threadpost.preview;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import jakarta.jms.JMSException;

import org.apache.camel.Exchange;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;

/** What a component would do with a message, as far as a person or a test looks at it. */
enum EffectDescription {
    /** {@code file:}, {@code ftp:} and their like: a path and a content. */
    FILE {
        @Override
        void record(EffectRecorder recorder, EndpointCall call) {
            FileEffect.record(recorder, call);
        }
    },
    /** {@code amqp:}: a message with its properties. */
    AMQP {
        @Override
        void record(EffectRecorder recorder, EndpointCall call) throws JMSException {
            JmsEffect.record(recorder, call);
        }
    },
    /** {@code kafka:}: a record with its key and headers. */
    KAFKA {
        @Override
        void record(EffectRecorder recorder, EndpointCall call) {
            HeaderFilterStrategy filter = new KafkaHeaderFilterStrategy();
            Map<String, Object> headers = new LinkedHashMap<>();
            call.headers().forEach((name, value) -> {
                boolean sent = value != null && KAFKA_VALUES.contains(value.getClass());
                if (sent && !filter.applyFilterToCamelHeaders(name, value, call.exchange())) {
                    headers.put(name, value);
                }
            });
            // Camel sends each element of a list as a record.
            Object body = call.exchange().getMessage().getBody();
            boolean each = body instanceof Iterable<?>
                    && call.option("useIterator", "true").equals("true");
            for (Object value : each ? (Iterable<?>) body : Collections.singletonList(call.body())) {
                Map<String, Object> fields = new LinkedHashMap<>();
                fields.put("topic", call.header(KafkaConstants.OVERRIDE_TOPIC, call.path()));
                fields.put("key", call.header(KafkaConstants.KEY, call.option("key", null)));
                fields.put("headers", headers);
                fields.put("value", value);
                recorder.effect("record", fields);
            }
            call.exchange().getMessage().removeHeader(KafkaConstants.OVERRIDE_TOPIC);
        }
    },
    /** Any other: its address, headers and body. */
    OTHER {
        @Override
        void record(EffectRecorder recorder, EndpointCall call) {
            Map<String, Object> headers = new LinkedHashMap<>();
            call.headers().forEach((name, value) -> {
                if (!name.startsWith("Camel")) {
                    headers.put(name, value);
                }
            });
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("to", call.exchange().getProperty(Exchange.TO_ENDPOINT, call.path(), String.class));
            fields.put("headers", headers);
            fields.put("body", call.body());
            recorder.effect("call", fields);
        }
    };

    /** What Camel sends as a header of a record. */
    private static final Set<Class<?>> KAFKA_VALUES =
            Set.of(String.class, Long.class, Integer.class, Double.class, Boolean.class, byte[].class);

    abstract void record(EffectRecorder recorder, EndpointCall call) throws Exception;
}
