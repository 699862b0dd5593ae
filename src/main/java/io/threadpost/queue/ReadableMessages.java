package io.threadpost.queue;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.net.URI;

import io.netty.channel.ChannelPipeline;
import org.apache.qpid.jms.transports.Transport;
import org.apache.qpid.jms.transports.TransportFactory;
import org.apache.qpid.jms.transports.TransportOptions;
import org.apache.qpid.jms.transports.netty.NettyTcpTransport;
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
        return path.endsWith(TCP) || path.endsWith(TLS) ? new Factory(path.endsWith(TLS)) : others.create(path);
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
}
