package io.threadpost.queue;

import java.util.Locale;

import jakarta.jms.JMSException;

import io.netty.handler.ssl.NotSslRecordException;

import io.threadpost.retry.ConnectionFailureReason;

/** Why there is no connection to a broker, for people. The client says it in the terms of its own machinery. */
final class BrokerErrorText {
    private BrokerErrorText() {}

    static String of(JMSException failure) {
        if (ConnectionFailureReason.certificate(failure)) {
            return ConnectionFailureReason.reason(failure);
        }
        if (ConnectionFailureReason.cause(failure) instanceof NotSslRecordException) {
            return "it speaks no TLS at this port; write amqp:// or the port for TLS, often 5671";
        }
        String said = String.valueOf(failure.getMessage());
        if (said.contains("header mismatch")) {
            return "it does not speak AMQP 1.0 at this port, or only with TLS; write its port, often 5672, or amqps://";
        }
        return said.toLowerCase(Locale.ROOT).contains("timed out")
                ? "it says nothing in time; are the port and its encryption the right ones, amqp:// or amqps://?"
                : said;
    }
}
