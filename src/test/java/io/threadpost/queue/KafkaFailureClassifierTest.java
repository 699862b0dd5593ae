package io.threadpost.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureClassifiers;
import io.threadpost.retry.FailureKind;

/** Whose failure it is, by what Kafka's client throws. */
class KafkaFailureClassifierTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new TimeoutException("Topic t not present in metadata after 15000 ms."),
                        FailureKind.TARGET_DOWN),
                Arguments.of(new SaslAuthenticationException("Invalid username or password"), FailureKind.TARGET_DOWN),
                Arguments.of(new TopicAuthorizationException("t"), FailureKind.TARGET_DOWN),
                Arguments.of(new ConfigException("No resolvable bootstrap urls"), FailureKind.TARGET_DOWN),
                Arguments.of(new InvalidRecordException("no key"), FailureKind.UNKNOWN),
                Arguments.of(new RecordTooLargeException("too large"), FailureKind.ITEM_REJECTED));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isClassified(KafkaException failure, FailureKind kind) {
        Exception wrapped = new ExecutionException(failure);
        FailureClassifiers classifiers = new FailureClassifiers(List.of(new KafkaFailureClassifier()));
        assertThat(classifiers.classify(wrapped)).isEqualTo(new ClassifiedFailure(kind));
    }
}
