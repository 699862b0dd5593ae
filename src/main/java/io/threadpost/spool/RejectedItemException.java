package io.threadpost.spool;

import jakarta.jms.JMSException;

import org.apache.kafka.common.KafkaException;

/** Thrown by a route's step when an item can never succeed: it is dead at once, with this reason. */
public final class RejectedItemException extends RuntimeException {
    /** @param reason one line for people */
    public RejectedItemException(String reason) {
        super(reason);
    }

    /**
     * @return whether this says that the item can never succeed; Camel wraps what is thrown inside of expressions and
     *     beans
     */
    static boolean in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedItemException
                    || cause instanceof JMSException jms && JmsFailure.hopeless(jms)
                    || cause instanceof KafkaException kafka && KafkaFailure.hopeless(kafka)) {
                return true;
            }
        }
        return false;
    }
}
