package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whose failure it is, by the words of real brokers. */
class JmsFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new JMSSecurityException("Client failed to authenticate using SASL: PLAIN"), true, false),
                Arguments.of(
                        new ResourceAllocationException(
                                "AMQ229102: Address \"full\" is full. [condition = amqp:resource-limit-exceeded]"),
                        true,
                        false),
                Arguments.of(new JMSException("finishConnect(..) failed: Connection refused"), true, false),
                Arguments.of(new IllegalStateException("The Session is closed"), true, false),
                Arguments.of(
                        new JMSException("AMQ119002: target address nocreate does not exist [condition = failed]"),
                        false,
                        false),
                Arguments.of(new JMSException("Unknown error from remote peer"), false, false),
                Arguments.of(new JMSException("too large [condition = amqp:link:message-size-exceeded]"), false, true),
                Arguments.of(new MessageFormatException("Only primitive types"), false, true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isTold(JMSException failure, boolean target, boolean hopeless) {
        Exception wrapped = new RuntimeException("as Spring wraps it", failure);
        assertThat(TargetFailure.is(wrapped)).isEqualTo(target);
        assertThat(RejectedItemException.in(wrapped)).isEqualTo(hopeless);
    }
}
