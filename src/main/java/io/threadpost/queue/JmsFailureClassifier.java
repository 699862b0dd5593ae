package io.threadpost.queue;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.inject.Singleton;
import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;

import io.threadpost.retry.FailureClassifier;
import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureKind;

/** Whose failure it is, by the response of a message broker: the message's or the broker's. */
@Singleton
final class JmsFailureClassifier implements FailureClassifier {
    /** The error conditions of AMQP 1.0 that are about the message that was sent, and never about the queue. */
    private static final Set<String> ABOUT_THE_MESSAGE = Set.of(
            "amqp:link:message-size-exceeded", "amqp:decode-error", "amqp:invalid-field", "amqp:frame-size-too-small");

    private static final Pattern CONDITION = Pattern.compile("\\[condition = ([^]]+)]");
    /** The client's text for a refusal without a reason. */
    private static final String NO_REASON = "Unknown error from remote peer";

    @Override
    public Optional<ClassifiedFailure> classify(Throwable cause) {
        return cause instanceof JMSException jms ? Optional.of(new ClassifiedFailure(kind(jms))) : Optional.empty();
    }

    private static FailureKind kind(JMSException failure) {
        String condition = condition(failure);
        if (failure instanceof MessageFormatException
                || failure instanceof MessageNotWriteableException
                || failure instanceof MessageEOFException
                || ABOUT_THE_MESSAGE.contains(condition)) {
            return FailureKind.ITEM_REJECTED;
        }
        // A broker that refused this message may have done so for the message's sake or the queue's: not all say which.
        boolean refused = failure.getClass() == JMSException.class
                && (!condition.isEmpty() || NO_REASON.equals(failure.getMessage()));
        return refused ? FailureKind.UNCLEAR : FailureKind.TARGET_DOWN;
    }

    private static String condition(JMSException failure) {
        Matcher condition = CONDITION.matcher(String.valueOf(failure.getMessage()));
        return condition.find() ? condition.group(1) : "";
    }
}
