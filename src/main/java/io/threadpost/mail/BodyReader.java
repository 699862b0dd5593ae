package io.threadpost.mail;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.BodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;

import io.threadpost.ledger.LedgerException;
import io.threadpost.retry.Reason;

/**
 * The body of a mail: its text and what is attached. It is read as it comes, and only what is kept of it is in memory. It has limits of its own
 * in place of mime4j's, which throw; beyond them, and where a body is broken, what was read before stands.
 */
final class BodyReader {
    private static final int DEEPEST = 30;
    private static final int MOST_PARTS = 1000;
    private static final int LONGEST_TEXT = 200_000;
    private static final int LARGEST_TEXT_PART = 1 << 20;
    private static final int LONGEST_LINE_OF_A_HEADER = 1 << 20;

    private final BodyText text = new BodyText();
    private final AttachmentName names = new AttachmentName();
    private final List<Attachment> attachments = new ArrayList<>();
    private String preamble = "";
    private String charset;
    private String problem;
    private int parts;

    /**
     * What a body holds.
     *
     * @param charset of its text; null when it names none
     * @param problem why not all of it could be read, one line; null when it could
     */
    record Body(String text, List<Attachment> attachments, String charset, String problem) {}

    /**
     * @param header of the mail
     * @param body read to its end, unless there is no end to it
     * @throws LedgerException when the ledger that it comes from cannot be read
     */
    static Body read(Headers header, InputStream body) {
        BodyReader reader = new BodyReader();
        try {
            reader.all(new SequenceInputStream(header(header), body));
        } catch (LedgerException e) {
            throw e;
        } catch (IOException | MimeException | RuntimeException | StackOverflowError e) {
            reader.problem = "the body is broken, and what could not be read of it was left out: " + Reason.of(e);
        }
        return new Body(
                PlainText.lines(reader.text.text(), LONGEST_TEXT),
                List.copyOf(reader.attachments),
                reader.charset,
                reader.problem);
    }

    /** What of the header says how the body is to be read. */
    private static InputStream header(Headers header) {
        StringBuilder fields = new StringBuilder();
        for (String name : List.of("content-type", "content-transfer-encoding", "content-disposition")) {
            String value = header.latin(name);
            if (value != null) {
                fields.append(name)
                        .append(": ")
                        .append(value.replaceAll("[\\r\\n]", " "))
                        .append("\r\n");
            }
        }
        return new ByteArrayInputStream(fields.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private void all(InputStream mail) throws IOException, MimeException {
        MimeConfig config = MimeConfig.custom()
                .setMaxLineLen(LONGEST_LINE_OF_A_HEADER)
                .setMaxHeaderLen(LONGEST_LINE_OF_A_HEADER)
                .setMaxHeaderCount(-1)
                .setMaxContentLen(-1)
                .build();
        MimeTokenStream stream = new MimeTokenStream(
                config, DecodeMonitor.SILENT, new DefaultBodyDescriptorBuilder(null, null, DecodeMonitor.SILENT));
        stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
        stream.parse(mail);
        for (EntityState at = stream.getState(); at != EntityState.T_END_OF_STREAM; at = stream.next()) {
            switch (at) {
                case T_START_MULTIPART -> {
                    text.begin(stream.getBodyDescriptor().getMimeType().equalsIgnoreCase("multipart/alternative"));
                    stream.setRecursionMode(text.depth() < DEEPEST ? RecursionMode.M_NO_RECURSE : RecursionMode.M_FLAT);
                    parts++;
                }
                case T_END_MULTIPART -> {
                    text.end();
                    stream.setRecursionMode(RecursionMode.M_NO_RECURSE);
                }
                case T_START_HEADER -> names.begin();
                case T_FIELD -> names.field(stream.getField());
                case T_PREAMBLE -> preamble(stream);
                case T_BODY -> part(stream);
                default -> {}
            }
            if (parts > MOST_PARTS) {
                problem = "it has more than " + MOST_PARTS + " parts; what follows was left out";
                return;
            }
        }
        if (parts == 1 && !preamble.isBlank()) {
            // It says that it has parts, and has none.
            text.add(preamble, true);
        }
    }

    private void preamble(MimeTokenStream stream) throws IOException {
        if (parts == 1) {
            preamble = Charsets.decode(stream.getInputStream().readNBytes(LARGEST_TEXT_PART));
        }
    }

    private void part(MimeTokenStream stream) throws IOException {
        parts++;
        BodyDescriptor about = stream.getBodyDescriptor();
        String type =
                about.getMimeType() == null ? "text/plain" : about.getMimeType().toLowerCase(Locale.ROOT);
        String name = "";
        String disposition = "";
        if (about instanceof MaximalBodyDescriptor more) {
            name = names.of(more);
            disposition = more.getContentDispositionType() == null
                    ? ""
                    : more.getContentDispositionType().toLowerCase(Locale.ROOT);
        }
        InputStream content = stream.getDecodedInputStream();
        boolean words = type.equals("text/plain") || type.equals("text/html");
        if (!words || disposition.equals("attachment") || !name.isEmpty()) {
            long bytes = content.transferTo(OutputStream.nullOutputStream());
            boolean inline = !disposition.equals("attachment") && type.startsWith("image/");
            attachments.add(new Attachment(name, type, bytes, inline));
            return;
        }
        byte[] bytes = content.readNBytes(LARGEST_TEXT_PART);
        long left = content.transferTo(OutputStream.nullOutputStream());
        if (left > 0) {
            problem = "its text goes on for another " + left + " bytes, which were left out";
        }
        String named = about instanceof MaximalBodyDescriptor more
                ? more.getContentTypeParameters().get("charset")
                : about.getCharset();
        charset = charset == null ? named : charset;
        String decoded = Charsets.decode(bytes, named);
        boolean plain = type.equals("text/plain");
        text.add(plain ? decoded : HtmlText.of(decoded), plain);
    }
}
