/**
 * Replies: what the hotel writes on the platform in a thread that began with a mail goes to its guest by mail.
 *
 * <p>It knows conversations, the connector, the spool, the sending of mails and the templates of digests. It promises
 * that each message of the hotel is staged once, whatever is killed, and becomes one mail with one Message-ID; that
 * nobody but the guest who began the conversation gets one; that no automatic sender is answered and a loop between two
 * programs ends; and that conversations at rest cost at most one request a minute.
 *
 * <p>To follow a reply: {@link io.threadpost.reply.ReplyPuller} asks for messages and stages them in
 * {@code spool:replies}; {@link io.threadpost.reply.ReplyProducer}, {@code reply:mail}, renders or withholds each by
 * the {@link io.threadpost.reply.ReplyPolicy}; the step {@code sendMail} sends it, and
 * {@link io.threadpost.reply.SettleReplyProcessor} records that.
 */
package io.threadpost.reply;
