package io.threadpost.reply;

import jakarta.inject.Named;
import jakarta.inject.Singleton;

import io.quarkus.arc.Unremovable;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import io.threadpost.spool.SpoolConstants;

/** The step {@code settleReply}: records that the mail server has accepted the mail of a reply. */
@Singleton
@Unremovable
@Named("settleReply")
final class SettleReplyProcessor implements Processor {
    private final Replies replies;
    private final ReplyMeters meters;

    SettleReplyProcessor(Replies replies, ReplyMeters meters) {
        this.replies = replies;
        this.meters = meters;
    }

    @Override
    public void process(Exchange exchange) {
        String message = exchange.getMessage().getHeader(SpoolConstants.KEY, "", String.class);
        Reply reply = replies.find(message)
                .orElseThrow(() ->
                        new IllegalStateException("settleReply needs a reply: put the step reply:mail before it"));
        if (replies.sent(message)) {
            meters.sent(reply);
            replies.settled(reply.thread());
        }
    }
}
