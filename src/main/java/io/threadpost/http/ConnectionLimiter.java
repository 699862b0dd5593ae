package io.threadpost.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.ScheduledFuture;
import org.jboss.logging.Logger;

/**
 * Accepts the connections of one port. At the limit, the connection that has kept the port waiting longest is closed:
 * clients that hold connections open without a request shut out no other client.
 */
final class ConnectionLimiter extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = Logger.getLogger(ConnectionLimiter.class);
    /** Connections that may still be closing while others are accepted. */
    private static final int CLOSING = 256;
    /** Behind a flood, requests that have arrived are still to be read: the event loop reads them in this time. */
    private static final long GRACE_MILLIS = 10;

    private static final long LOG_EVERY = TimeUnit.MINUTES.toNanos(10);

    private final int most;
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private ScheduledFuture<?> sweep;
    private volatile boolean paused;
    private long logged = System.nanoTime() - LOG_EVERY;

    /** @param most connections that the port takes */
    ConnectionLimiter(int most) {
        this.most = most;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        sweep = ctx.executor().scheduleAtFixedRate(() -> sweep(ctx), 1, 1, TimeUnit.SECONDS);
        ctx.fireChannelActive();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (sweep != null) {
            sweep.cancel(false);
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        Channel channel = (Channel) message;
        if (connections.size() >= most) {
            logOnce(ctx);
            if (!closeLongestWaiting()) {
                channel.unsafe().closeForcibly();
                return;
            }
        }
        ClientConnection connection = new ClientConnection(channel, RequestFilter::new);
        channel.pipeline().addFirst(connection);
        connections.add(connection);
        if (open.incrementAndGet() >= most + CLOSING) {
            paused = true;
            ctx.channel().config().setAutoRead(false);
        }
        channel.closeFuture().addListener(closed -> {
            connections.remove(connection);
            open.decrementAndGet();
            if (paused) {
                ctx.executor().execute(() -> resume(ctx));
            }
        });
        ctx.fireChannelRead(message);
    }

    /**
     * Only the port's own thread stops and resumes accepting: otherwise one could overtake the other, and the port
     * would stay closed.
     */
    private void resume(ChannelHandlerContext ctx) {
        if (paused && open.get() <= most) {
            paused = false;
            ctx.channel().config().setAutoRead(true);
        }
    }

    private void logOnce(ChannelHandlerContext ctx) {
        long now = System.nanoTime();
        if (now - logged >= LOG_EVERY) {
            logged = now;
            LOG.warnf(
                    "%s has %d connections, the most that threadpost.http.connections allows; those that wait longest"
                            + " are closed for new ones",
                    ctx.channel().localAddress(), most);
        }
    }

    private boolean closeLongestWaiting() {
        long now = System.nanoTime();
        ClientConnection longest = null;
        long most = -1;
        for (ClientConnection connection : connections) {
            long waits = connection.waits(now);
            if (waits > most) {
                longest = connection;
                most = waits;
            }
        }
        if (longest == null) {
            return false;
        }
        closeLater(longest);
        return true;
    }

    /** A client whose request has been read meanwhile keeps its connection. */
    private void closeLater(ClientConnection connection) {
        connections.remove(connection);
        connection.closeIfWaiting(GRACE_MILLIS, () -> connections.add(connection));
    }

    private void sweep(ChannelHandlerContext ctx) {
        long now = System.nanoTime();
        connections.stream().filter(connection -> connection.overdue(now)).forEach(connection -> {
            connections.remove(connection);
            connection.close();
        });
        // A connection that closed just before the port stopped accepting has resumed nothing.
        resume(ctx);
    }
}
