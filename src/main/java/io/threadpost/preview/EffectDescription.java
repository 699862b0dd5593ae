package io.threadpost.preview;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.jms.DefaultJmsKeyFormatStrategy;
import org.apache.camel.component.jms.JmsHeaderFilterStrategy;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.KafkaHeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategy;

/** What a component would do with a message, as far as a person or a test looks at it. */
enum EffectDescription {
    /** {@code file:}, {@code ftp:} and their like: a path and a content. */
    FILE {
        @Override
        void record(EffectRecorder recorder, Call call) {
            String name = call.header(
                    Exchange.FILE_NAME, call.option("fileName", call.exchange().getExchangeId()));
            name = call.evaluated(name);
            if (call.option("flatten", "false").equals("true")) {
                name = name.substring(name.lastIndexOf('/') + 1);
            }
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("path", call.path() + (call.path().endsWith("/") ? "" : "/") + name);
            String exists = call.option("fileExist", "Override");
            if (!exists.equals("Override")) {
                fields.put("fileExist", exists);
            }
            fields.put("content", call.body());
            recorder.effect("file", fields);
        }
    },
    /** {@code amqp:}: a message with its properties. */
    AMQP {
        @Override
        void record(EffectRecorder recorder, Call call) {
            HeaderFilterStrategy filter = new JmsHeaderFilterStrategy();
            Map<String, Object> properties = new LinkedHashMap<>();
            call.headers().forEach((name, value) -> {
                boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
                // Type, correlation and the like are parts of the message, and no properties.
                boolean jms = name.matches("(?i)JMS(?!X).*");
                if (scalar
                        && !jms
                        && !name.equalsIgnoreCase("content-type")
                        && !filter.applyFilterToCamelHeaders(name, value, call.exchange())) {
                    properties.put(new DefaultJmsKeyFormatStrategy().encodeKey(name), value);
                }
            });
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("destination", call.path());
            fields.put("id", call.header("_AMQ_DUPL_ID", null));
            fields.put("contentType", call.header(Exchange.CONTENT_TYPE, null));
            fields.put("type", call.header("JMSType", null));
            fields.put("correlationId", call.header("JMSCorrelationID", null));
            fields.put("properties", properties);
            fields.put("body", call.body());
            recorder.effect("message", fields);
        }
    },
    /** {@code kafka:}: a record with its key and headers. */
    KAFKA {
        @Override
        void record(EffectRecorder recorder, Call call) {
            HeaderFilterStrategy filter = new KafkaHeaderFilterStrategy();
            Map<String, Object> headers = new LinkedHashMap<>();
            call.headers().forEach((name, value) -> {
                if (value != null && !filter.applyFilterToCamelHeaders(name, value, call.exchange())) {
                    headers.put(name, value);
                }
            });
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("topic", call.header(KafkaConstants.OVERRIDE_TOPIC, call.path()));
            fields.put("key", call.header(KafkaConstants.KEY, call.option("key", null)));
            fields.put("headers", headers);
            fields.put("value", call.body());
            recorder.effect("record", fields);
        }
    },
    /** {@code smtp:}: a mail. */
    SMTP {
        @Override
        void record(EffectRecorder recorder, Call call) {
            Map<String, Object> fields = new LinkedHashMap<>();
            fields.put("from", call.header("From", call.option("from", "camel@localhost")));
            fields.put("to", call.header("To", call.option("to", null)));
            String subject = call.header("Subject", call.option("subject", null));
            fields.put("subject", subject == null ? null : subject.replaceAll("[\r\n]+", ""));
            Map<String, Object> headers = new LinkedHashMap<>();
            call.headers().forEach((name, value) -> {
                boolean scalar = value instanceof String || value instanceof Number || value instanceof Boolean;
                if (scalar && !name.matches("(?i)from|to|subject|content-type|camel.*")) {
                    headers.put(name, value.toString());
                }
            });
            fields.put("headers", headers);
            fields.put("contentType", call.header(Exchange.CONTENT_TYPE, "text/plain"));
            fields.put("text", call.body());
            recorder.effect("mail", fields);
        }
    },
    /** Any other: its address, headers and body. */
    OTHER {
        @Override
        void record(EffectRecorder recorder, Call call) {
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

    abstract void record(EffectRecorder recorder, Call call);

    /**
     * A message that is sent to an endpoint.
     *
     * @param path of the endpoint
     * @param options of the endpoint
     * @param body null without one
     */
    record Call(String path, Map<String, Object> options, Exchange exchange, byte[] body) {
        private Message message() {
            return exchange.getMessage();
        }

        Map<String, Object> headers() {
            return message().getHeaders();
        }

        String header(String name, String otherwise) {
            String value = message().getHeader(name, String.class);
            return value == null ? otherwise : value;
        }

        String option(String name, String otherwise) {
            Object value = options.get(name);
            return value == null ? otherwise : evaluated(value.toString());
        }

        String evaluated(String text) {
            return text == null || !text.contains("${")
                    ? text
                    : exchange.getContext()
                            .resolveLanguage("simple")
                            .createExpression(text)
                            .evaluate(exchange, String.class);
        }
    }
}
