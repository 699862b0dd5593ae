package io.threadpost.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.threadpost.mail.mime.ReadMails;

/** The body of an exchange with a mail. */
class InboundMailTest {
    private static final MailRecord RECORD = new MailRecord(
            1,
            "main",
            "hotel",
            "main/1",
            MailRecord.State.WAITING,
            null,
            null,
            null,
            null,
            null,
            ReadMails.RECEIVED,
            ReadMails.RECEIVED,
            1,
            0,
            false);

    @Test
    void routesReadItAsAMap() {
        Map<String, Object> map = new InboundMail(RECORD, ReadMails.fixture("attachments")).asMap();

        assertThat(map)
                .containsEntry("from", "Jana Novakova <jana@guest.example>")
                .containsEntry("fromName", "Jana Novakova")
                .containsEntry("fromAddress", "jana@guest.example")
                .containsEntry("to", "Hotel <hotel@hotel.example>")
                .containsEntry("subject", "Late arrival")
                .containsEntry("messageId", "<a@guest.example>")
                .containsEntry("date", "2026-11-22T09:00:00Z")
                .containsEntry("received", "2026-11-22T12:00:00Z")
                .containsEntry("mailbox", "main")
                .containsEntry("connection", "hotel");
        assertThat((List<?>) map.get("attachments")).hasSize(3).first().isInstanceOf(Map.class);
    }
}
