package io.threadpost.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Passes on requests that are well-formed and complete, and answers all others. So a malformed request reaches neither
 * a handler nor the metrics, and a request that breaks off has started nothing.
 */
final class RequestFilter extends ChannelDuplexHandler {
    /** Larger bodies are passed on in pieces. */
    private static final int WHOLE = 64 << 10;

    private final ClientConnection connection;
    private final RequestCheck check = new RequestCheck();
    private final Queue<HttpObject> parts = new ArrayDeque<>();
    private long length;
    private boolean passing;
    private int unanswered;
    private boolean refused;
    private FullHttpResponse refusal;

    RequestFilter(ClientConnection connection) {
        this.connection = connection;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (refused) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpObject part) {
            Optional<RequestCheck.Refusal> wrong =
                    part instanceof HttpRequest request ? check.of(request) : RequestCheck.undecoded(part);
            if (wrong.isPresent()) {
                ReferenceCountUtil.release(part);
                refuse(ctx, wrong.get());
            } else {
                take(ctx, part);
            }
        } else {
            ctx.fireChannelRead(message);
        }
    }

    private void take(ChannelHandlerContext ctx, HttpObject part) {
        parts.add(part);
        if (part instanceof HttpRequest request) {
            begin(ctx, request);
        }
        if (part instanceof HttpContent content) {
            length += content.content().readableBytes();
        }
        boolean last = part instanceof LastHttpContent;
        if (last) {
            unanswered++;
            connection.asked();
        }
        passing |= length > WHOLE;
        if (last || passing) {
            while (!parts.isEmpty()) {
                ctx.fireChannelRead(parts.remove());
            }
        }
        if (last) {
            passing = false;
            length = 0;
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        request.headers().remove(HttpHeaderNames.UPGRADE);
        if (HttpUtil.is100ContinueExpected(request)) {
            request.headers().remove(HttpHeaderNames.EXPECT);
            ctx.writeAndFlush(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
        }
        passing = HttpUtil.getContentLength(request, 0L) > WHOLE;
    }

    private void refuse(ChannelHandlerContext ctx, RequestCheck.Refusal wrong) {
        refused = true;
        letGo();
        if (passing) {
            // Another handler has answered it already.
            ctx.close();
            return;
        }
        refusal = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                wrong.status(),
                Unpooled.copiedBuffer(wrong.problem() + "\n", StandardCharsets.US_ASCII));
        refusal.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=us-ascii")
                .set(HttpHeaderNames.CONTENT_LENGTH, refusal.content().readableBytes())
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        if (unanswered == 0) {
            answer(ctx);
        }
    }

    /** Keeps the connection half open for a moment: a client that still sends would lose the response. */
    private void answer(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(refusal).addListener((ChannelFutureListener) written -> {
            ChannelFuture half = ctx.channel() instanceof DuplexChannel duplex && written.isSuccess()
                    ? duplex.shutdownOutput()
                    : ctx.close();
            half.addListener(done -> ctx.executor().schedule(() -> ctx.close(), 1, TimeUnit.SECONDS));
        });
        refusal = null;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        boolean last = message instanceof LastHttpContent
                && !(message instanceof HttpResponse response
                        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
        ctx.write(message, promise);
        if (last) {
            unanswered = Math.max(0, unanswered - 1);
            connection.answered();
            if (refusal != null && unanswered == 0) {
                answer(ctx);
            }
        }
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        letGo();
        ReferenceCountUtil.release(refusal);
        refusal = null;
    }

    private void letGo() {
        while (!parts.isEmpty()) {
            ReferenceCountUtil.release(parts.remove());
        }
    }
}
