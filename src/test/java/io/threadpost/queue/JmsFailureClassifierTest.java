package io.threadpost.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;

import jakarta.jms.IllegalStateException;
import jakarta.jms.JMSException;
import jakarta.jms.JMSSecurityException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.ResourceAllocationException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.retry.FailureKind;

/** Whose failure it is, by the words of real brokers. */
class JmsFailureClassifierTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new JMSSecurityException("Client failed to authenticate using SASL: PLAIN"),
                        FailureKind.TARGET_DOWN),
                Arguments.of(
                        new ResourceAllocationException(
                                "AMQ229102: Address \"full\" is full. [condition = amqp:resource-limit-exceeded]"),
                        FailureKind.TARGET_DOWN),
                Arguments.of(new JMSException("finishConnect(..) failed: Connection refused"), FailureKind.TARGET_DOWN),
                Arguments.of(new IllegalStateException("The Session is closed"), FailureKind.TARGET_DOWN),
                Arguments.of(
                        new JMSException("AMQ119002: target address nocreate does not exist [condition = failed]"),
                        FailureKind.UNCLEAR),
                Arguments.of(new JMSException("Unknown error from remote peer"), FailureKind.UNCLEAR),
                Arguments.of(
                        new JMSException("too large [condition = amqp:link:message-size-exceeded]"),
                        FailureKind.ITEM_REJECTED),
                Arguments.of(new MessageFormatException("Only primitive types"), FailureKind.ITEM_REJECTED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isClassified(JMSException failure, FailureKind kind) {
        Exception wrapped = new RuntimeException("as Spring wraps it", failure);
        FailureClassifiers classifiers = new FailureClassifiers(List.of(new JmsFailureClassifier()));
        assertThat(classifiers.classify(wrapped)).isEqualTo(new ClassifiedFailure(kind));
    }
}
