package io.threadpost.routefiles;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

import javax.net.ssl.SSLException;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.ValidationException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.support.processor.PredicateValidationException;

import io.threadpost.spool.RejectedItemException;

/** Exceptions that a route file may name, as in {@code onException}: a native executable finds a class by its name only if it is told. */
@RegisterForReflection(
        targets = {
            Exception.class,
            RuntimeException.class,
            IllegalArgumentException.class,
            IllegalStateException.class,
            UnsupportedOperationException.class,
            NullPointerException.class,
            NumberFormatException.class,
            IOException.class,
            ConnectException.class,
            SocketTimeoutException.class,
            UnknownHostException.class,
            SSLException.class,
            CamelExchangeException.class,
            ExchangeTimedOutException.class,
            ValidationException.class,
            PredicateValidationException.class,
            HttpOperationFailedException.class,
            RejectedItemException.class
        })
final class NamedClasses {
    private NamedClasses() {}
}
