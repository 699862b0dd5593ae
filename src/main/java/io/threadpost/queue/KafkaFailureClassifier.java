package io.threadpost.queue;

import java.util.Optional;

import jakarta.inject.Singleton;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

import io.threadpost.retry.FailureClassifier;
import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureKind;

/** Whose failure it is, by the exception of Kafka's client: the record's or the brokers'. */
@Singleton
final class KafkaFailureClassifier implements FailureClassifier {
    @Override
    public Optional<ClassifiedFailure> classify(Throwable cause) {
        return cause instanceof KafkaException kafka
                ? Optional.of(new ClassifiedFailure(kind(kafka)))
                : Optional.empty();
    }

    private static FailureKind kind(KafkaException failure) {
        if (failure instanceof RecordTooLargeException) {
            return FailureKind.ITEM_REJECTED;
        }
        // All else is no connection, a timeout, a refused login or a refused topic.
        return failure instanceof InvalidRecordException ? FailureKind.UNKNOWN : FailureKind.TARGET_DOWN;
    }
}
