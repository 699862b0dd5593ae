package io.threadpost.mail.mime;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.threadpost.text.PlainText;

/**
 * What a bounce reports: by the fields of a delivery status notification (RFC 3464), or else by the words of its text.
 *
 * @param messageIds of the mails that it returns
 * @param keys what their {@code X-Threadpost} fields end with: keys of replies
 * @param failures one for each recipient that will not be reached; none while the mail system still tries
 * @param text the beginning of its text
 */
public record DeliveryReport(List<String> messageIds, Set<String> keys, List<Failure> failures, String text) {
    private static final int LONGEST = 1 << 19;
    private static final int LONGEST_LINE = 4000;
    private static final int LONGEST_WORDS = 300;
    private static final int MOST = 100;
    private static final List<String> RECIPIENTS = List.of("final-recipient", "original-recipient");
    private static final Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9-]{1,60})[ \\t]{0,5}:(.*)");
    private static final Pattern PERMANENT = Pattern.compile("\\b(?:5\\d\\d[ -]|5\\.\\d{1,3}\\.\\d{1,3}\\b)");
    private static final Pattern TEMPORARY = Pattern.compile("\\b(?:4\\d\\d[ -]|4\\.\\d{1,3}\\.\\d{1,3}\\b)");

    /**
     * A recipient that will not be reached.
     *
     * @param recipients how the report names it, in canonical form; empty when only the text does
     * @param words the mail system's, one line
     */
    public record Failure(Set<String> recipients, String words) {}

    /** @param mail read up to half a MiB */
    public static DeliveryReport of(InputStream mail) throws IOException {
        Set<String> messageIds = new LinkedHashSet<>();
        Set<String> keys = new LinkedHashSet<>();
        List<Failure> failures = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        boolean status = false;
        InputStream body = HeaderBlock.split(mail).body();
        BufferedReader lines = new BufferedReader(
                new InputStreamReader(new ByteArrayInputStream(body.readNBytes(LONGEST)), StandardCharsets.UTF_8));
        Map<String, String> block = new LinkedHashMap<>();
        String name = "";
        Matcher field = FIELD.matcher("");
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String cut = line.substring(0, Math.min(line.length(), LONGEST_LINE));
            text.append(cut).append('\n');
            if (cut.isBlank()) {
                returned(block, messageIds, keys);
                status |= end(block, failures);
                name = "";
                continue;
            }
            if (Character.isWhitespace(cut.charAt(0)) && block.containsKey(name)) {
                block.merge(name, cut.strip(), DeliveryReport::continued);
            } else if (field.reset(cut).matches()) {
                name = field.group(1).toLowerCase(Locale.ROOT);
                block.putIfAbsent(name, field.group(2).strip());
            }
        }
        returned(block, messageIds, keys);
        status |= end(block, failures);
        if (!status) {
            permanent(text).ifPresent(words -> failures.add(new Failure(Set.of(), words)));
        }
        return new DeliveryReport(List.copyOf(messageIds), Set.copyOf(keys), List.copyOf(failures), text.toString());
    }

    /** A field may be continued without end. */
    private static String continued(String value, String more) {
        return value.length() < LONGEST_LINE ? value + " " + more : value;
    }

    /** Adds what the header of a returned mail identifies it by. */
    private static void returned(Map<String, String> block, Set<String> messageIds, Set<String> keys) {
        String messageId = block.getOrDefault("message-id", "");
        if (!messageId.isEmpty() && messageIds.size() < MOST) {
            messageIds.addAll(MailReferences.ids(messageId));
        }
        String mark = block.getOrDefault("x-threadpost", "");
        if (!mark.isEmpty() && keys.size() < MOST) {
            keys.add(mark.replaceFirst("^.*\\s", ""));
        }
    }

    /** @return whether the block was the status of a recipient */
    private static boolean end(Map<String, String> block, List<Failure> failures) {
        Map<String, String> fields = Map.copyOf(block);
        block.clear();
        if (RECIPIENTS.stream().noneMatch(fields::containsKey)) {
            return false;
        }
        String action = fields.getOrDefault("action", "").toLowerCase(Locale.ROOT);
        String status = fields.getOrDefault("status", "");
        Set<String> recipients = new LinkedHashSet<>();
        for (String name : RECIPIENTS) {
            String address =
                    fields.getOrDefault(name, "").replaceFirst("^[^;]*;", "").strip();
            if (!address.isEmpty()) {
                recipients.add(Address.canonical(address.replaceAll("[<>]", "")));
            }
        }
        if (recipients.isEmpty() || action.isEmpty() && status.isEmpty()) {
            return false;
        }
        if ((action.isEmpty() ? status.startsWith("5") : action.startsWith("failed")) && failures.size() < MOST) {
            String words = fields.getOrDefault("diagnostic-code", "")
                    .replaceFirst("^[A-Za-z0-9-]{1,20};", "")
                    .strip();
            failures.add(new Failure(
                    Set.copyOf(recipients), PlainText.line(words.isEmpty() ? status : words, LONGEST_WORDS)));
        }
        return true;
    }

    private static Optional<String> permanent(CharSequence text) {
        Matcher permanent = PERMANENT.matcher("");
        return text.toString()
                .lines()
                .filter(line ->
                        permanent.reset(line).find() && !TEMPORARY.matcher(line).find())
                .map(line -> PlainText.line(line, LONGEST_WORDS))
                .findFirst();
    }

    /**
     * @param recipient in canonical form
     * @return the mail system's words why this recipient will not be reached; empty when it may be, or is not concerned
     */
    public Optional<String> failure(String recipient) {
        boolean named = text.toLowerCase(Locale.ROOT).contains(recipient);
        return failures.stream()
                .filter(failure -> failure.recipients().contains(recipient)
                        || named && (failure.recipients().isEmpty() || failures.size() == 1))
                .map(Failure::words)
                .findFirst();
    }
}
