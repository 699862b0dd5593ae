package io.threadpost.network;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.component.http.HttpComponent;

/** Takes the place of Camel's own HTTP components. */
final class HttpComponents {
    @Produces
    @Singleton
    @Unremovable
    @Named("http")
    HttpComponent http() {
        return new HttpAsWritten();
    }

    @Produces
    @Singleton
    @Unremovable
    @Named("https")
    HttpComponent https() {
        return new HttpAsWritten();
    }
}
