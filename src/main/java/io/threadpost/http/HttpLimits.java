package io.threadpost.http;

import java.net.SocketAddress;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntSupplier;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.InternetProtocolFamily;
import io.quarkus.arc.Arc;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.impl.VertxBuilder;
import io.vertx.core.net.ClientOptionsBase;
import io.vertx.core.net.NetServerOptions;
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

    /** A transport of Vert.x whose servers limit their connections. */
    private static final class LimitedTransport implements Transport {
        private final Transport transport;
        private final IntSupplier connections;

        /** @param connections the limit of a port; called when it is bound */
        LimitedTransport(Transport transport, IntSupplier connections) {
            this.transport = transport;
            this.connections = connections;
        }

        @Override
        public void configure(NetServerOptions options, boolean domainSocket, ServerBootstrap bootstrap) {
            transport.configure(options, domainSocket, bootstrap);
            bootstrap.handler(new ConnectionLimiter(connections.getAsInt()));
        }

        @Override
        public void configure(ClientOptionsBase options, boolean domainSocket, Bootstrap bootstrap) {
            transport.configure(options, domainSocket, bootstrap);
        }

        @Override
        public void configure(DatagramChannel channel, DatagramSocketOptions options) {
            transport.configure(channel, options);
        }

        @Override
        public boolean supportsDomainSockets() {
            return transport.supportsDomainSockets();
        }

        @Override
        public boolean supportFileRegion() {
            return transport.supportFileRegion();
        }

        @Override
        public boolean isAvailable() {
            return transport.isAvailable();
        }

        @Override
        public Throwable unavailabilityCause() {
            return transport.unavailabilityCause();
        }

        @Override
        public SocketAddress convert(io.vertx.core.net.SocketAddress address) {
            return transport.convert(address);
        }

        @Override
        public io.vertx.core.net.SocketAddress convert(SocketAddress address) {
            return transport.convert(address);
        }

        @Override
        public EventLoopGroup eventLoopGroup(int type, int threads, ThreadFactory factory, int ratio) {
            return transport.eventLoopGroup(type, threads, factory, ratio);
        }

        @Override
        public DatagramChannel datagramChannel() {
            return transport.datagramChannel();
        }

        @Override
        public DatagramChannel datagramChannel(InternetProtocolFamily family) {
            return transport.datagramChannel(family);
        }

        @Override
        public ChannelFactory<? extends Channel> channelFactory(boolean domainSocket) {
            return transport.channelFactory(domainSocket);
        }

        @Override
        public ChannelFactory<? extends ServerChannel> serverChannelFactory(boolean domainSocket) {
            return transport.serverChannelFactory(domainSocket);
        }
    }
}
