package io.threadpost.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.mail.MailRecord;
import io.threadpost.mail.MailRepository;
import io.threadpost.mail.MailSelection;
import io.threadpost.mail.MailStatus;
import io.threadpost.ops.ApiRefusal;
import io.threadpost.ops.MailAttachmentsResource;
import io.threadpost.page.StatusRows.MailRow;

/**
 * The list of mails, and one mail as plain text: what was read in it, its attachments by name, its verdict and the
 * reason it was parked for. No HTML and no remote content of a mail reaches the browser.
 */
@Singleton
final class MailPage {
    private static final int PAGE = 50;
    private static final JsonMapper JSON = new JsonMapper();

    private final MailRepository repository;
    private final MailStatus status;
    private final MailAttachmentsResource attachments;

    MailPage(MailRepository repository, MailStatus status, MailAttachmentsResource attachments) {
        this.repository = repository;
        this.status = status;
        this.attachments = attachments;
    }

    /**
     * A page of the list.
     *
     * @param selected what is listed, in words
     * @param next the address of the next page; empty on the last one
     * @param query selects them for an action; empty when they wait for nobody
     */
    @RegisterForReflection
    record Listed(String selected, List<Tab> tabs, List<MailRow> mails, String next, String query) {}

    /** A link to a part of the list. */
    @RegisterForReflection
    record Tab(String label, String link, boolean current) {}

    /**
     * A mail.
     *
     * @param waits whether it waits for a person
     * @param discarded whether a person discarded it, and may still release it
     * @param conversation the address of its conversation; empty without one
     * @param known whether its reading is known: it was read, and not purged
     * @param reasons the findings of the verdict
     * @param problems what could not be read
     */
    @RegisterForReflection
    record View(
            MailRow mail,
            boolean waits,
            boolean discarded,
            String conversation,
            boolean known,
            boolean kept,
            List<Fact> facts,
            String verdict,
            List<String> reasons,
            List<String> problems,
            String text,
            List<Attachment> attachments) {}

    /** A fact about a mail. */
    @RegisterForReflection
    record Fact(String name, String value) {}

    /** An attachment of a mail; without a link when its bytes are no longer kept. */
    @RegisterForReflection
    record Attachment(String name, String type, String size, String link) {}

    /** The bytes of an attachment, and the header that makes them a download. */
    record Download(String disposition, StreamingOutput content) {}

    /** @param state a state's word; anything else lists the newest of all states */
    Listed list(String state, String mailbox, long after) {
        Instant now = Instant.now();
        MailRecord.State selected = Stream.of(MailRecord.State.values())
                .filter(known -> known.word().equals(state))
                .findFirst()
                .orElse(null);
        List<MailRecord> found = selected == null
                ? status.newest(after == 0 ? Long.MAX_VALUE : after, PAGE + 1)
                : status.list(
                        new MailSelection(null, selected, mailbox.isEmpty() ? null : mailbox, null), after, PAGE + 1);
        boolean waits = selected == MailRecord.State.PARKED || selected == MailRecord.State.FAILED;
        String parameters = selected == null ? "" : "state=" + selected.word() + "&";
        if (!mailbox.isEmpty()) {
            parameters += "mailbox=" + PageFormat.parameter(mailbox) + "&";
        }
        String next = found.size() <= PAGE
                ? ""
                : "/mails?" + parameters + "after=" + found.get(PAGE - 1).number();
        List<Tab> tabs = new ArrayList<>();
        tabs.add(new Tab("Newest", "/mails", selected == null));
        Stream.of(MailRecord.State.values())
                .map(known ->
                        new Tab(PageFormat.capital(known.word()), "/mails?state=" + known.word(), known == selected))
                .forEach(tabs::add);
        return new Listed(
                (selected == null
                                ? "The newest mails"
                                : PageFormat.capital(selected.word()) + " mails, the oldest first")
                        + (mailbox.isEmpty() || selected == null ? "" : ", of mailbox " + mailbox),
                tabs,
                found.stream().limit(PAGE).map(mail -> MailRow.of(mail, now)).toList(),
                next,
                !waits || found.isEmpty()
                        ? ""
                        : mailbox.isEmpty() ? "all=true" : "all=true&mailbox=" + PageFormat.parameter(mailbox));
    }

    /** @throws ApiRefusal when there is no such mail */
    View view(long number) {
        MailRecord mail = record(number);
        MailStatus.Read read = status.read(number).orElse(new MailStatus.Read(null, null));
        JsonNode reading = json(read.reading());
        JsonNode verdict = json(read.verdict());
        List<Fact> facts = new ArrayList<>();
        fact(facts, "From", text(reading, "from"));
        fact(facts, "Reply to", text(reading, "replyTo"));
        fact(facts, "To", text(reading, "to"));
        fact(facts, "Copy", text(reading, "cc"));
        fact(facts, "Written", text(reading, "date"));
        fact(facts, "Received", PageFormat.time(mail.received()));
        fact(facts, "Changed", PageFormat.time(mail.changed()));
        fact(facts, "Mailbox", mail.mailbox());
        fact(facts, "Connection", mail.connection());
        fact(facts, "Message-ID", text(reading, "messageId"));
        fact(facts, "Size", PageFormat.bytes(mail.bytes()));
        fact(facts, "Thread", mail.thread() == null ? "" : mail.thread());
        fact(facts, "Reason", mail.reason() == null ? "" : mail.reason());
        fact(facts, "Released", mail.releases() == 0 ? "" : PageFormat.count(mail.releases(), "time", "times"));
        List<Attachment> listed = new ArrayList<>();
        reading.path("attachments")
                .forEach(attachment -> listed.add(new Attachment(
                        PageFormat.text(text(attachment, "name"), "(no name)"),
                        text(attachment, "type"),
                        PageFormat.bytes(attachment.path("bytes").asLong()),
                        mail.purged() ? "" : PageFormat.path("mails", number, "attachments", listed.size() + 1))));
        return new View(
                MailRow.of(mail, Instant.now()),
                mail.state() == MailRecord.State.PARKED || mail.state() == MailRecord.State.FAILED,
                mail.state() == MailRecord.State.DISCARDED && !mail.purged(),
                mail.thread() == null ? "" : PageFormat.path("conversations", mail.thread()),
                !reading.isEmpty(),
                !mail.purged(),
                facts,
                verdict(verdict),
                lines(verdict.path("reasons")),
                lines(reading.path("problems")),
                text(reading, "text"),
                listed);
    }

    /**
     * @return the raw mail, byte for byte, to be closed
     * @throws ApiRefusal when there is no such mail, or only its identity is left
     */
    InputStream raw(long number) {
        if (record(number).purged()) {
            throw new ApiRefusal(
                    404,
                    "only the identity of mail " + number + " is left",
                    "threadpost.mail.keep sets how long settled mails are kept");
        }
        return repository.raw(number);
    }

    /**
     * An attachment, as the API has it.
     *
     * @throws ApiRefusal when there is no such mail or attachment, or only the mail's identity is left
     */
    Download attachment(String number, String attachment) {
        try {
            Response response = attachments.bytes(number, attachment);
            return new Download(
                    response.getHeaderString("Content-Disposition"), (StreamingOutput) response.getEntity());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private MailRecord record(long number) {
        return repository
                .find(number)
                .orElseThrow(() -> new ApiRefusal(404, "there is no mail " + number, "go back to the list of mails"));
    }

    private static String verdict(JsonNode verdict) {
        if (verdict.isEmpty()) {
            return "It was not judged.";
        }
        String person = verdict.path("person").asBoolean()
                ? "It counts as written by a person to the hotel"
                : "It does not count as written by a person to the hotel: " + text(verdict, "why");
        return person
                + (verdict.path("answerable").asBoolean()
                        ? "; a program may answer it."
                        : "; no program may answer it.");
    }

    private static List<String> lines(JsonNode array) {
        List<String> lines = new ArrayList<>();
        array.forEach(line -> lines.add(line.asText()));
        return lines;
    }

    private static void fact(List<Fact> facts, String name, String value) {
        if (!value.isBlank()) {
            facts.add(new Fact(name, value));
        }
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asText("");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text == null ? "{}" : text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the stored reading of the mail is not JSON", e);
        }
    }
}
