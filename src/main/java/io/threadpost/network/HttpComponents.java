package io.threadpost.network;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.component.file.remote.FtpsComponent;
import org.apache.camel.component.http.HttpComponent;

/** Replaces Camel's own {@code http:}, {@code https:} and {@code ftps:}. */
final class HttpComponents {
    @Produces
    @Singleton
    @Unremovable
    @Named("http")
    HttpComponent http(HttpAccess access) {
        return new HttpAsWritten(access);
    }

    @Produces
    @Singleton
    @Unremovable
    @Named("ftps")
    FtpsComponent ftps(HttpAccess access) {
        return new VerifyingFtps(access);
    }

    @Produces
    @Singleton
    @Unremovable
    @Named("https")
    HttpComponent https(HttpAccess access) {
        return new HttpAsWritten(access);
    }
}
