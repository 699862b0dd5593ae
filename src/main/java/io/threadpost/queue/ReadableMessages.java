package io.threadpost.queue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.apache.qpid.jms.transports.Transport;
import org.apache.qpid.jms.transports.TransportFactory;
import org.apache.qpid.jms.transports.TransportOptions;
import org.apache.qpid.jms.transports.netty.NettyTcpTransport;
import org.apache.qpid.jms.transports.netty.NettyWsTransport;
import org.apache.qpid.jms.transports.netty.NettyWsTransportFactory;
import org.apache.qpid.jms.util.FactoryFinder;
import org.apache.qpid.jms.util.ResourceNotFoundException;

/**
 * Puts a {@link MessageGuard} into the AMQP client's connections. The client offers no hook to check a message first:
 * it releases what it cannot decode, and what overflows its stack or memory ends its connection, each time that the
 * broker redelivers it.
 */
final class ReadableMessages implements FactoryFinder.ObjectFactory {
    private static final String TCP = "/transports/tcp";
    private static final String TLS = "/transports/ssl";
    private static final String WEB_SOCKET = "/transports/ws";
    private static final String WEB_SOCKET_TLS = "/transports/wss";

    private final FactoryFinder.ObjectFactory others;
    private final MessageCheck.Limits limits;

    private ReadableMessages(FactoryFinder.ObjectFactory others, MessageCheck.Limits limits) {
        this.others = others;
        this.limits = limits;
    }

    /** Applies to all connections that the process opens from now on. */
    static void install(MessageCheck.Limits limits) {
        FactoryFinder.ObjectFactory others = FactoryFinder.getObjectFactory();
        if (!(others instanceof ReadableMessages)) {
            FactoryFinder.setObjectFactory(new ReadableMessages(others, limits));
        }
    }

    @Override
    public Object create(String path)
            throws IllegalAccessException, InstantiationException, IOException, ClassNotFoundException,
                    ResourceNotFoundException, InvocationTargetException, NoSuchMethodException {
        if (path.endsWith(TCP) || path.endsWith(TLS)) {
            return new Factory(path.endsWith(TLS));
        }
        return path.endsWith(WEB_SOCKET) || path.endsWith(WEB_SOCKET_TLS)
                ? new WebSocketFactory(path.endsWith(WEB_SOCKET_TLS))
                : others.create(path);
    }

    private final class Factory extends TransportFactory {
        private final boolean tls;

        Factory(boolean tls) {
            this.tls = tls;
        }

        @Override
        protected Transport doCreateTransport(URI uri, TransportOptions options) {
            return new NettyTcpTransport(uri, options, tls) {
                @Override
                protected void addAdditionalHandlers(ChannelPipeline pipeline) {
                    pipeline.addLast(new MessageGuard(limits));
                }
            };
        }

        @Override
        public String getName() {
            return tls ? "SSL" : "TCP";
        }

        @Override
        public boolean isSecure() {
            return tls;
        }
    }

    /** {@code amqpws:} and {@code amqpwss:}, for a connection factory that a user configures. */
    private final class WebSocketFactory extends NettyWsTransportFactory {
        private final boolean tls;

        WebSocketFactory(boolean tls) {
            this.tls = tls;
        }

        @Override
        protected NettyTcpTransport doCreateTransport(URI uri, TransportOptions options) {
            return new NettyWsTransport(uri, options, tls) {
                @Override
                protected void addAdditionalHandlers(ChannelPipeline pipeline) {
                    super.addAdditionalHandlers(pipeline);
                    pipeline.addLast(new WebSocketMessageGuard(limits));
                }
            };
        }

        @Override
        public String getName() {
            return tls ? "WSS" : "WS";
        }

        @Override
        public boolean isSecure() {
            return tls;
        }
    }

    /** A {@link MessageGuard} for what arrives in the frames of a web socket. */
    private static final class WebSocketMessageGuard extends ChannelInboundHandlerAdapter {
        private final EmbeddedChannel guard;

        WebSocketMessageGuard(MessageCheck.Limits limits) {
            this.guard = new EmbeddedChannel(new MessageGuard(limits));
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (!(message instanceof BinaryWebSocketFrame || message instanceof ContinuationWebSocketFrame)) {
                ctx.fireChannelRead(message);
                return;
            }
            guard.writeInbound(((WebSocketFrame) message).content());
            for (ByteBuf frame = guard.readInbound(); frame != null; frame = guard.readInbound()) {
                ctx.fireChannelRead(new BinaryWebSocketFrame(frame));
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) throws Exception {
            guard.finishAndReleaseAll();
            super.channelInactive(ctx);
        }
    }
}
