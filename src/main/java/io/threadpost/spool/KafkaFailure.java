package io.threadpost.spool;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** What Kafka's client says of a failure: about the record, or about the brokers. */
final class KafkaFailure {
    private KafkaFailure() {}

    /** @return whether this record can never be sent */
    static boolean hopeless(KafkaException failure) {
        return failure instanceof RecordTooLargeException;
    }

    /**
     * @return whether any other record would have failed as well: no connection, a wait that is over, a login or topic
     *     refused
     */
    static boolean target(KafkaException failure) {
        return !hopeless(failure) && !(failure instanceof InvalidRecordException);
    }
}
