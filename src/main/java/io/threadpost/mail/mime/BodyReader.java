package io.threadpost.mail.mime;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

import io.threadpost.mail.mime.HeaderBlock.Field;
import io.threadpost.retry.FailureReason;
import io.threadpost.text.PlainText;

/**
 * Reads the body of a mail: its text and attachments. It is streamed, in time linear in its length, and only what is
 * kept is in memory. Of a body that is broken, or beyond the limits, what was read before is kept.
 */
final class BodyReader {
    private static final int DEEPEST = 30;
    private static final int MOST_PARTS = 1000;
    private static final int LONGEST_TEXT = 200_000;
    private static final int LARGEST_TEXT_PART = 1 << 20;
    /** The limit for a part's header. */
    private static final int LONGEST_HEADER = 1 << 16;

    private static final int MOST_FIELDS = 500;

    private final ReadingBudget budget;
    private final MimeLineReader lines;
    private final BodyText text = new BodyText(LONGEST_TEXT);
    private final List<Attachment> attachments = new ArrayList<>();
    private byte[] preamble = {};
    private String charset;
    private String problem;
    private String unreadable;
    private int parts;
    /** What was read last. */
    private MimeLineReader.Kind at = MimeLineReader.Kind.TEXT;

    /** The number of the attachment that is copied, from 0; -1 for none. */
    private final int copied;

    private final OutputStream copy;

    private BodyReader(InputStream body, ReadingBudget budget, int copied, OutputStream copy) {
        this.lines = new MimeLineReader(body, budget);
        this.budget = budget;
        this.copied = copied;
        this.copy = copy;
    }

    /**
     * The content of a body.
     *
     * @param charset of its text; null without one
     * @param problem why some of it could not be read, one line; null without a problem
     * @param unreadable why it was not read to its end, one line; null when it was
     */
    record Body(String text, List<Attachment> attachments, String charset, String problem, String unreadable) {}

    /**
     * @param header of the mail
     * @param body read to its end, unless it is beyond the limits
     */
    static Body read(List<Field> header, InputStream body, ReadingBudget budget) {
        return read(header, body, budget, -1, OutputStream.nullOutputStream());
    }

    /**
     * Copies the decoded bytes of an attachment, too.
     *
     * @param copied its number in the list of attachments, from 0
     * @param copy buffered; not closed; an exception that it throws is rethrown, unchecked
     */
    static Body read(List<Field> header, InputStream body, ReadingBudget budget, int copied, OutputStream copy) {
        BodyReader reader = new BodyReader(body, budget, copied, copy);
        try {
            reader.all(header);
        } catch (MimeLineReader.SourceException e) {
            // The source failed, the mail is not broken.
            throw e.getCause();
        } catch (PartContent.CopyException e) {
            throw e;
        } catch (ReadingBudget.ExceededException | PartsException e) {
            reader.unreadable = e.getMessage();
        } catch (IOException | RuntimeException e) {
            reader.problem =
                    "the body is broken, and what could not be read of it was left out: " + FailureReason.of(e);
        }
        return new Body(
                PlainText.lines(reader.text.text(), LONGEST_TEXT),
                List.copyOf(reader.attachments),
                reader.charset,
                reader.problem,
                reader.unreadable);
    }

    private static final class PartsException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PartsException() {
            super("it has more than " + MOST_PARTS + " parts; what follows was left out", null, false, false);
        }
    }

    private void all(List<Field> header) throws IOException {
        entity(header, "text/plain", false);
        if (parts == 1 && attachments.isEmpty() && preamble.length > 0) {
            // A multipart without parts.
            text.add(TextDecoder.decode(preamble), true);
        }
    }

    /**
     * Reads a part with its own parts, up to the boundary that ends it.
     *
     * @param empty whether a boundary ended its header
     */
    private void entity(List<Field> header, String otherwise, boolean empty) throws IOException {
        if (++parts > MOST_PARTS) {
            throw new PartsException();
        }
        FieldParameters type = FieldParameters.of(value(header, "content-type"));
        String boundary = type.get("boundary").stripTrailing();
        boolean multipart = type.value().startsWith("multipart/");
        boolean deep = lines.depth() >= DEEPEST;
        boolean bounded = !boundary.isEmpty() && boundary.length() <= MimeLineReader.LONGEST_BOUNDARY;
        if (multipart && bounded && !deep && !empty) {
            multipart(type.value(), boundary);
            return;
        }
        String named = type.value().contains("/") ? type.value() : otherwise;
        part(multipart && !deep ? "text/plain" : named, type, header, empty);
    }

    private void multipart(String type, String boundary) throws IOException {
        boolean outermost = lines.depth() == 0;
        String otherwise = type.equals("multipart/digest") ? "message/rfc822" : "text/plain";
        text.begin(type.equals("multipart/alternative"));
        lines.open(boundary);
        PartContent before = new PartContent(PartContent.Encoding.NONE, outermost ? LARGEST_TEXT_PART : 0);
        content(before);
        if (outermost) {
            preamble = before.kept();
        }
        while (lines.mine(at) && !lines.closing()) {
            List<Field> header = header();
            entity(header, otherwise, at != MimeLineReader.Kind.TEXT);
        }
        boolean ended = lines.mine(at);
        lines.close();
        text.end();
        if (ended) {
            // The epilogue is ignored.
            content(new PartContent(PartContent.Encoding.NONE, 0));
        }
    }

    /** Reads the header of a part; then {@link #at} is text, or the boundary that came in place of content. */
    private List<Field> header() throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        for (at = lines.next(); at == MimeLineReader.Kind.TEXT; at = lines.next()) {
            if (lines.lineBegins() && lines.contentEnd() == lines.start()) {
                break;
            }
            if (header.size() == 0 && !lines.field()) {
                lines.back();
                break;
            }
            if (header.size() < LONGEST_HEADER) {
                header.write(lines.buffer(), lines.start(), lines.end() - lines.start());
            }
        }
        return HeaderBlock.split(new ByteArrayInputStream(header.toByteArray()), MOST_FIELDS)
                .fields();
    }

    /** Reads up to the next open boundary. */
    private void content(PartContent content) throws IOException {
        for (at = lines.next(); at == MimeLineReader.Kind.TEXT; at = lines.next()) {
            content.add(lines);
        }
        content.end(at == MimeLineReader.Kind.END);
    }

    private void part(String type, FieldParameters written, List<Field> header, boolean empty) throws IOException {
        FieldParameters disposition = FieldParameters.of(value(header, "content-disposition"));
        String name = Attachment.name(disposition, written);
        boolean attached = disposition.value().equals("attachment");
        boolean words = (type.equals("text/plain") || type.equals("text/html")) && !attached && name.isEmpty();
        boolean plain = type.equals("text/plain");
        boolean wanted = words && text.wants(plain);
        PartContent.Encoding encoding = PartContent.Encoding.of(
                FieldParameters.of(value(header, "content-transfer-encoding")).value());
        PartContent content = !words && attachments.size() == copied
                ? PartContent.copying(encoding, copy)
                : new PartContent(encoding, wanted ? LARGEST_TEXT_PART : 0);
        if (empty) {
            content.end(false);
        } else {
            content(content);
        }
        if (!words) {
            attachments.add(new Attachment(name, type, content.bytes(), !attached && type.startsWith("image/")));
            return;
        }
        byte[] bytes = content.kept();
        long left = content.bytes() - bytes.length;
        if (left > 0 && wanted) {
            problem = "its text continues for another " + left + " bytes, which were left out";
        }
        String named = written.get("charset");
        charset = charset == null && !named.isEmpty() ? named : charset;
        if (bytes.length > 0) {
            boolean told = plain || !CharsetNames.unspecific(named);
            String decoded = TextDecoder.decode(bytes, told ? named : HtmlText.charset(bytes));
            text.add(PlainText.lines(plain ? decoded : HtmlText.of(decoded, budget), LONGEST_TEXT), plain);
        }
    }

    private static byte[] value(List<Field> header, String name) {
        return header.stream()
                .filter(field -> field.name().equals(name))
                .map(Field::value)
                .findFirst()
                .orElse(null);
    }
}
