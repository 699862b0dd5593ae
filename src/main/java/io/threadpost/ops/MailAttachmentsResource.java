package io.threadpost.ops;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailRepository;
import io.threadpost.mail.mime.Attachment;
import io.threadpost.mail.mime.MimeReader;

/** Lists the attachments of a mail, and gives their bytes, as long as the ledger keeps the mail. */
@Path("/api/mails/{number}/attachments")
@Produces(MediaType.APPLICATION_JSON)
public class MailAttachmentsResource {
    private static final int LONGEST_NAME = 120;

    private final MailRepository mailRepository;

    MailAttachmentsResource(MailRepository mailRepository) {
        this.mailRepository = mailRepository;
    }

    /** The attachments of a mail. */
    public record Listed(List<Entry> attachments) {}

    /**
     * An attachment.
     *
     * @param number within its mail, from 1
     * @param name as its sender named it; empty without a name
     */
    public record Entry(int number, String name, String type, long bytes, boolean inline) {}

    @GET
    public Listed list(@PathParam("number") String number) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Attachment attachment : attachments(mail(number))) {
            entries.add(new Entry(
                    entries.size() + 1, attachment.name(), attachment.type(), attachment.bytes(), attachment.inline()));
        }
        return new Listed(entries);
    }

    /** Its bytes, as a download that no browser shows or runs: its sender is a stranger. */
    @GET
    @Path("{attachment}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Response bytes(@PathParam("number") String number, @PathParam("attachment") String attachment)
            throws IOException {
        MailRecord mailRecord = mail(number);
        int which = (int) QueryParameters.number("attachment", attachment, 1, Integer.MAX_VALUE);
        List<Attachment> attachments = attachments(mailRecord);
        if (which > attachments.size()) {
            throw new ApiRefusal(
                    404,
                    "mail " + mailRecord.number() + " has " + attachments.size() + " attachments",
                    "GET /api/mails/" + mailRecord.number() + "/attachments lists them");
        }
        return download(mailRecord, which, attachments.get(which - 1).name());
    }

    private Response download(MailRecord mailRecord, int which, String name) {
        StreamingOutput copy = out -> {
            try (InputStream raw = raw(mailRecord)) {
                BufferedOutputStream buffered = new BufferedOutputStream(out);
                MimeReader.copyAttachment(raw, which - 1, buffered);
                buffered.flush();
            }
        };
        return Response.ok(copy)
                .header("Content-Disposition", disposition(which, name))
                .header("Content-Security-Policy", "sandbox; default-src 'none'")
                .header("X-Content-Type-Options", "nosniff")
                .build();
    }

    private List<Attachment> attachments(MailRecord mailRecord) throws IOException {
        try (InputStream raw = raw(mailRecord)) {
            return MimeReader.read(raw, mailRecord.received()).attachments();
        }
    }

    private InputStream raw(MailRecord mailRecord) {
        return new BufferedInputStream(mailRepository.raw(mailRecord.number()), 1 << 16);
    }

    private MailRecord mail(String number) {
        long wanted = QueryParameters.number("number", number, 1, Long.MAX_VALUE);
        MailRecord mailRecord = mailRepository
                .find(wanted)
                .orElseThrow(() -> new ApiRefusal(
                        404, "there is no mail " + wanted, "GET /api/mails?state=thread lists those that are threads"));
        if (mailRecord.purged()) {
            throw new ApiRefusal(
                    404,
                    "only the identity of mail " + wanted + " is left",
                    "threadpost.mail.keep sets how long settled mails are kept");
        }
        return mailRecord;
    }

    /** The name in both forms of RFC 6266, without what a path or a header could be made of. */
    private static String disposition(int which, String name) {
        String safe = name.replaceAll("[\\\\/:*?\"<>|\\p{Cntrl}]", "_");
        safe = safe.isBlank() || safe.matches("\\.+") ? "attachment-" + which : safe;
        safe = safe.substring(Math.max(0, safe.length() - LONGEST_NAME));
        String ascii = safe.replaceAll("[^ -~]|%", "_");
        String encoded = URLEncoder.encode(safe, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
    }
}
