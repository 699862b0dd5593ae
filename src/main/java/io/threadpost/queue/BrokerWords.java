package io.threadpost.queue;

import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

import javax.net.ssl.SSLPeerUnverifiedException;
import jakarta.jms.JMSException;

import io.netty.handler.ssl.NotSslRecordException;

/** Why there is no connection to a broker, for people. The client says it in the terms of its own machinery. */
final class BrokerWords {
    private BrokerWords() {}

    static String of(JMSException failure) {
        if (in(
                failure,
                cause -> cause instanceof CertificateException || cause instanceof SSLPeerUnverifiedException)) {
            return "its certificate is refused: " + deepest(failure).getMessage();
        }
        if (in(failure, NotSslRecordException.class::isInstance)) {
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

    private static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static boolean in(Throwable failure, Predicate<Throwable> what) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(what);
    }
}
