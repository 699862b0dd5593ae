package io.threadpost.mailbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import org.eclipse.angus.mail.iap.ByteArray;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.BODY;
import org.eclipse.angus.mail.imap.protocol.FetchResponse;
import org.eclipse.angus.mail.imap.protocol.INTERNALDATE;
import org.eclipse.angus.mail.imap.protocol.RFC822SIZE;

/**
 * What can be asked cheaply about a mail, without its content.
 *
 * @param received INTERNALDATE; null when there is none
 * @param size as the server says it; -1 when it does not
 */
record MessageSummary(long uid, Instant received, long size, MessageTrace trace) {
    private static final String ITEMS = "(UID INTERNALDATE RFC822.SIZE BODY.PEEK[HEADER.FIELDS (MESSAGE-ID RECEIVED)])";

    /** @param uids one, or a range @return those that the server says something about that can be read */
    static List<MessageSummary> at(ImapConnection connection, String uids) throws ProtocolException {
        List<MessageSummary> glances = new ArrayList<>();
        for (FetchResponse answer : connection.fetch(uids, ITEMS)) {
            long uid = ImapConnection.uid(answer);
            BODY header = answer.getItem(BODY.class);
            if (uid > 0 && header != null) {
                glances.add(of(answer, uid, header.getByteArray()));
            }
        }
        return glances;
    }

    private static MessageSummary of(FetchResponse answer, long uid, ByteArray header) {
        INTERNALDATE date = answer.getItem(INTERNALDATE.class);
        RFC822SIZE size = answer.getItem(RFC822SIZE.class);
        byte[] bytes = header == null
                ? new byte[0]
                : Arrays.copyOfRange(header.getBytes(), header.getStart(), header.getStart() + header.getCount());
        return new MessageSummary(
                uid,
                date == null || date.getDate() == null ? null : date.getDate().toInstant(),
                size == null ? -1 : size.size,
                MessageTrace.of(bytes));
    }
}
