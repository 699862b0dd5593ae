package io.threadpost.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

/** When a port gives up a connection. */
class ClientConnectionTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final ClientConnection connection = new ClientConnection(channel, RequestFilter::new);
    private final AtomicInteger kept = new AtomicInteger();

    @Test
    void clientThatBreaksOffBeforeItsRequestIsNoFailure() {
        channel.pipeline().addFirst(connection);

        channel.pipeline().fireExceptionCaught(new IOException("Connection reset"));

        channel.checkException();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void connectionThatWaitsForItsClientIsClosedAMomentLater() {
        connection.closeIfWaiting(10, kept::incrementAndGet);
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        pass();

        assertThat(channel.isOpen()).isFalse();
        assertThat(kept).hasValue(0);
    }

    @Test
    void connectionWhoseRequestArrivesMeanwhileIsKept() {
        connection.closeIfWaiting(10, kept::incrementAndGet);
        connection.asked();

        pass();

        assertThat(channel.isOpen()).isTrue();
        assertThat(kept).hasValue(1);
    }

    @Test
    void connectionThatIsAnsweredMeanwhileIsKept() {
        connection.closeIfWaiting(10, kept::incrementAndGet);
        connection.asked();
        connection.answered();

        pass();

        assertThat(channel.isOpen()).isTrue();
        assertThat(kept).hasValue(1);
    }

    private void pass() {
        channel.runPendingTasks();
        channel.advanceTimeBy(10, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
    }
}
