package io.threadpost.http;

import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.transport.Transport;

import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * Applies the limits to every port that Vert.x listens on: options of Vert.x limit neither the time of a request's head
 * nor of its body.
 */
@RegisterForReflection
public final class HttpLimits implements VertxServiceProvider {
    @Override
    public void init(VertxBuilder builder) {
        Transport transport = builder.findTransport();
        builder.findTransport(new LimitedTransport(transport, HttpLimits::connections));
    }

    /** Called when a port is bound: Vert.x starts before the settings are available. */
    private static int connections() {
        return Arc.container().instance(Settings.class).get().get(SettingsCatalogue.HTTP_CONNECTIONS);
    }
}
