package io.threadpost.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/** One connection to a port, with the time since which the port has been waiting for its client. */
final class ClientConnection extends ChannelInboundHandlerAdapter {
    /** Limit from the first byte of a request, or from the connection, to the last byte of the request. */
    private static final long FOR_A_REQUEST = TimeUnit.SECONDS.toNanos(15);
    /** Limit from a response to the next request; the client reads the response in this time, too. */
    private static final long BETWEEN_REQUESTS = TimeUnit.SECONDS.toNanos(60);

    private static final String ENCODER = "httpEncoder";
    private static final String HANDLER = "handler";
    private static final String HTTP_1 = "http/1.1";
    private static final String HTTP_2 =
            "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 24\r\n\r\nthis port speaks HTTP/1\n";

    private final Channel channel;
    private final Function<ClientConnection, ChannelHandler> filters;
    private boolean seen;
    private int inWork;
    private boolean asking = true;
    private long since = System.nanoTime();

    /** @param filters creates what handles the requests of a connection, behind the HTTP handlers */
    ClientConnection(Channel channel, Function<ClientConnection, ChannelHandler> filters) {
        this.channel = channel;
        this.filters = filters;
    }

    /**
     * @return for how long the port has waited for the client, in nanoseconds; -1 while the client waits for the port
     */
    synchronized long waits(long now) {
        return inWork > 0 ? -1 : Math.max(0, now - since);
    }

    synchronized boolean overdue(long now) {
        return waits(now) > (asking ? FOR_A_REQUEST : BETWEEN_REQUESTS);
    }

    /** A request has arrived completely. */
    synchronized void asked() {
        inWork++;
    }

    /** The request has been answered. */
    synchronized void answered() {
        inWork = Math.max(0, inWork - 1);
        asking = false;
        since = System.nanoTime();
    }

    private synchronized void clientSends() {
        if (inWork == 0 && !asking) {
            asking = true;
            since = System.nanoTime();
        }
    }

    void close() {
        channel.close();
    }

    /**
     * Closes it a moment later, unless it is answered or its client waits for the port then.
     *
     * @param kept called when it stays open
     */
    void closeIfWaiting(long millis, Runnable kept) {
        long chosen = System.nanoTime();
        Runnable check = () -> {
            if (channel.isOpen() && keeps(chosen)) {
                kept.run();
            } else {
                channel.close();
            }
        };
        // By the event loop itself: what another thread schedules may run before the loop has read from the connection.
        channel.eventLoop().execute(() -> channel.eventLoop().schedule(check, millis, TimeUnit.MILLISECONDS));
    }

    private synchronized boolean keeps(long chosen) {
        return inWork > 0 || !asking && since - chosen > 0;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        clientSends();
        if (seen || !(message instanceof ByteBuf bytes)) {
            ctx.fireChannelRead(message);
            return;
        }
        seen = true;
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        if (tls != null) {
            // Quarkus offers HTTP/2 on the management port regardless of quarkus.http.http2, and no check applies to
            // it.
            tls.engine()
                    .setHandshakeApplicationProtocolSelector(
                            (engine, offered) -> offered.contains(HTTP_1) ? HTTP_1 : null);
            ctx.pipeline().addAfter(ctx.pipeline().context(tls).name(), null, new AfterHandshake());
        } else if (ctx.pipeline().get(ENCODER) == null) {
            first(ctx, bytes);
            return;
        }
        filter(ctx.pipeline());
        ctx.fireChannelRead(message);
    }

    /**
     * Vert.x waits for the first bytes to tell HTTP/1 from HTTP/2, which no client needs here. The fewest that are of
     * HTTP/1 decide it.
     */
    private void first(ChannelHandlerContext ctx, ByteBuf bytes) {
        boolean maybe = bytes.isReadable() && bytes.getByte(bytes.readerIndex()) == 'P';
        if (maybe && bytes.readableBytes() == 1) {
            seen = false;
            ctx.fireChannelRead(bytes);
        } else if (maybe && bytes.getByte(bytes.readerIndex() + 1) == 'R') {
            bytes.release();
            ctx.writeAndFlush(Unpooled.copiedBuffer(HTTP_2, StandardCharsets.US_ASCII))
                    .addListener(ChannelFutureListener.CLOSE);
        } else {
            ctx.fireChannelRead(bytes.readRetainedSlice(Math.min(bytes.readableBytes(), maybe ? 2 : 1)));
            filter(ctx.pipeline());
            ctx.fireChannelRead(bytes);
        }
    }

    /** Vert.x adds its handler with the first request. Before, Netty would log each client that breaks off. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) throws Exception {
        if (failure instanceof IOException && ctx.pipeline().get(HANDLER) == null) {
            ctx.close();
        } else {
            super.exceptionCaught(ctx, failure);
        }
    }

    private void filter(ChannelPipeline pipeline) {
        if (pipeline.get(ENCODER) != null) {
            pipeline.addAfter(ENCODER, null, filters.apply(this));
        }
    }

    /** The HTTP handlers exist after the handshake. */
    private final class AfterHandshake extends ChannelInboundHandlerAdapter {
        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            ctx.fireUserEventTriggered(event);
            if (event instanceof SslHandshakeCompletionEvent && !ctx.isRemoved()) {
                filter(ctx.pipeline());
                ctx.pipeline().remove(this);
            }
        }
    }
}
