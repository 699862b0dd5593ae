package io.threadpost.spool;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.jms.JMSException;
import jakarta.jms.MessageEOFException;
import jakarta.jms.MessageFormatException;
import jakarta.jms.MessageNotWriteableException;

/** What a message broker's answer says: about the message, or about the broker. */
final class JmsFailure {
    /** The error conditions of AMQP 1.0 that are about the message that was sent, and never about the queue. */
    private static final Set<String> ABOUT_THE_MESSAGE = Set.of(
            "amqp:link:message-size-exceeded", "amqp:decode-error", "amqp:invalid-field", "amqp:frame-size-too-small");

    private static final Pattern CONDITION = Pattern.compile("\\[condition = ([^]]+)]");
    /** What the client says of a refusal that came without a reason. */
    private static final String NO_REASON = "Unknown error from remote peer";

    private JmsFailure() {}

    /** @return whether this message can never be sent */
    static boolean hopeless(JMSException failure) {
        return failure instanceof MessageFormatException
                || failure instanceof MessageNotWriteableException
                || failure instanceof MessageEOFException
                || ABOUT_THE_MESSAGE.contains(condition(failure));
    }

    /**
     * @return whether any other message would have failed as well, or nobody knows; false when the broker refused this
     *     message, be it for the message's sake or the queue's: brokers do not always say
     */
    static boolean target(JMSException failure) {
        return !answered(failure) && !hopeless(failure);
    }

    /** @return whether the broker refused this message, and does not say for whose sake */
    static boolean unclear(JMSException failure) {
        return answered(failure) && !hopeless(failure);
    }

    private static boolean answered(JMSException failure) {
        return failure.getClass() == JMSException.class
                && (!condition(failure).isEmpty() || NO_REASON.equals(failure.getMessage()));
    }

    private static String condition(JMSException failure) {
        Matcher condition = CONDITION.matcher(String.valueOf(failure.getMessage()));
        return condition.find() ? condition.group(1) : "";
    }
}
