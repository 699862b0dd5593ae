package io.threadpost.spool;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Whose failure it is, by what Kafka's client throws. */
class KafkaFailureTest {
    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TimeoutException("Topic t not present in metadata after 15000 ms."), true, false),
                Arguments.of(new SaslAuthenticationException("Invalid username or password"), true, false),
                Arguments.of(new TopicAuthorizationException("t"), true, false),
                Arguments.of(new ConfigException("No resolvable bootstrap urls"), true, false),
                Arguments.of(new InvalidRecordException("no key"), false, false),
                Arguments.of(new RecordTooLargeException("too large"), false, true));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void isTold(KafkaException failure, boolean target, boolean hopeless) {
        Exception wrapped = new ExecutionException(failure);
        assertThat(TargetFailure.is(wrapped)).isEqualTo(target);
        assertThat(RejectedItemException.in(wrapped)).isEqualTo(hopeless);
    }
}
