package io.threadpost.digest;

import static io.threadpost.digest.DigestNode.thread;
import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import jakarta.mail.Message;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.junit.jupiter.api.Test;

import io.threadpost.json.RawJson;
import io.threadpost.spool.SpoolItem;

/** What a digest looks like when it has arrived. */
class DigestMailTest extends DigestBehaviour {
    @Test
    void itIsAMailAsTheStandardsWantItFromAMachine() throws Exception {
        DigestNode node = node("threadpost.digest.to", "Reception <reception@hotel.example>, owner@hotel.example");
        node.threads(1, 2);
        node.start();
        awaitMails(2);

        MimeMessage mail = mails.arrived().get(0);
        assertThat(mail.getSubject()).matches("Messages: 2 threads, .* \\d{4}");
        assertThat(mail.getFrom()).extracting(Object::toString).containsExactly("Hotel <digest@hotel.example>");
        assertThat(mail.getRecipients(Message.RecipientType.TO))
                .extracting(Object::toString)
                .containsExactly("Reception <reception@hotel.example>", "owner@hotel.example");
        assertThat(mail.getMessageID()).matches("<[0-9a-f-]{36}@hotel.example>");
        assertThat(mail.getSentDate()).isNotNull();
        assertThat(mail.getHeader("MIME-Version")).containsExactly("1.0");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("X-Auto-Response-Suppress")).containsExactly("All");
        assertThat(mail.getHeader("X-Threadpost")).containsExactly("digest");
        assertThat(mail.getHeader("Return-Path")).containsExactly("<digest@hotel.example>");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        assertThat(part(mail, 0)).contains("Subject 1\n  From: Guest 1\n", "Id: thread-1");
        assertThat(part(mail, 1)).contains("<bdi>Subject 1</bdi>", "<bdi>Guest 1</bdi>", "thread-1");
        assertThat(texts()).hasSize(2).containsOnly(texts().get(0));
        assertThat(texts().get(0).lines()).allMatch(line -> line.length() <= 76 + 2);
    }

    @Test
    void whatGuestsWriteArrivesAsText() throws Exception {
        String script = "<script>alert(1)</script> & \\\"quoted\\\" 'x'";
        String injection = "Hi\\r\\nBcc: victim@elsewhere.example\\r\\n\\r\\n<b>body</b>";
        String marks = "\u202Egnp.exe \u200F\u2067 \uD83E\uDDF3 \uD83D\uDC69\u200D\uD83D\uDCBB";
        String control = "a\\u0000b\\u0007c\\ud83dd";
        String formula = "=HYPERLINK(\\\"http://evil.example\\\")";
        String qute = "{thread.id} {#if true}x{/if} {{threadpost.smtp.password}} ${body}";
        DigestNode node = node();
        node.put(
                "digest",
                List.of(
                        thread("1", script, script),
                        thread("2", injection, injection),
                        thread("3", marks, marks),
                        thread("4", control, control),
                        thread("5", formula, formula),
                        thread("6", "x".repeat(100_000), "ž".repeat(100_000)),
                        thread("7", qute, qute),
                        thread("8", ".", "\\n.\\r\\nQUIT\\r\\n")));
        node.start();
        awaitMails(1);

        MimeMessage mail = mails.arrived().get(0);
        String text = part(mail, 0);
        String html = part(mail, 1);
        assertThat(mail.getSubject()).startsWith("Messages: 8 threads");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(text).contains("<script>alert(1)</script> & \"quoted\" 'x'");
        assertThat(html)
                .doesNotContain("<script", "<b>body")
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;quoted&quot; &#39;x&#39;");
        assertThat(text).contains("\nHi  Bcc: victim@elsewhere.example    <b>body</b>\n");
        assertThat(text).contains(marks);
        assertThat(html).contains("<bdi>" + marks + "</bdi>");
        assertThat(text).contains("a\uFFFDb\uFFFDc\uFFFDd").doesNotContain("\u0000");
        assertThat(text).contains("=HYPERLINK(\"http://evil.example\")");
        assertThat(text).contains("ž".repeat(300) + "…", "x".repeat(300) + "…");
        assertThat(text).contains("{thread.id} {#if true}x{/if} {{threadpost.smtp.password}} ${body}");
        assertThat(text).contains("\n.  QUIT\n  From: .\n");
        assertThat(texts().get(0).lines()).allMatch(line -> line.length() <= 76 + 2);
        assertThat(mails.arrived()).hasSize(1);
    }

    @Test
    void dateTimesAndNumbersAreOfItsLanguageAndItsZone() throws Exception {
        DigestNode node = node("threadpost.digest.language", "de", "threadpost.digest.zone", "Europe/Berlin");
        node.threads(1);
        node.start();
        awaitMails(1);

        assertThat(mails.arrived().get(0).getSubject()).startsWith("Nachrichten: 1 Unterhaltung, ");
        assertThat(part(mails.arrived().get(0), 0))
                .contains("Aktualisiert: 22.11.2026, 11:11", "Alle Zeiten in Europe/Berlin");
    }

    @Test
    void thereAreThreeFormsInCzech() throws Exception {
        MailTexts mailTexts = MailTexts.of(Locale.forLanguageTag("cs"));

        assertThat(IntStream.of(0, 1, 2, 4, 5, 1200).mapToObj(n -> mailTexts.text("count", n)))
                .containsExactly(
                        "žádné konverzace",
                        "1 konverzace",
                        "2 konverzace",
                        "4 konverzace",
                        "5 konverzací",
                        "1\u00A0200 konverzací");
    }

    @Test
    void newestComesFirstByConnection() throws Exception {
        DigestNode node = node();
        node.put(
                "digest",
                item("hotel-b", "1", "2026-11-22T10:00:00Z"),
                item("hotel-a", "2", "2026-11-22T09:00:00Z"),
                item("hotel-a", "3", "2026-11-22T11:00:00.1234567Z"));
        node.start();
        awaitMails(1);

        List<String> lines = part(mails.arrived().get(0), 0)
                .lines()
                .filter(line -> line.startsWith("==") || line.contains("Id:"))
                .map(String::strip)
                .toList();
        assertThat(lines).containsExactly("== hotel-a: 2 threads", "Id: 3", "Id: 2", "== hotel-b: 1 thread", "Id: 1");
    }

    @Test
    void aLargeDigestIsSeveralMailsThatAreNumbered() throws Exception {
        DigestNode node = node();
        node.put("digest", IntStream.range(0, 700).mapToObj(DigestNode::thread).toList());
        node.put(
                "digest",
                IntStream.range(700, 1100).mapToObj(DigestNode::thread).toList());
        node.start();
        await().until(() -> ids().size() >= 1100);

        int count = mails.arrived().size();
        assertThat(count).isGreaterThan(2);
        assertThat(subjects()).allMatch(subject -> subject.endsWith(" of " + count + ")"));
        for (MimeMessage mail : mails.arrived()) {
            // Gmail cuts off what is longer than 102 kB.
            assertThat(part(mail, 1).getBytes(StandardCharsets.UTF_8)).hasSizeBetween(10_000, 100_000);
        }
        assertThat(ids()).hasSize(1100).doesNotHaveDuplicates();
    }

    @Test
    void aThreadIsToldOnceInItsNewestVersionByNameAndWithALink() throws Exception {
        DigestNode node = node(
                "threadpost.digest.names", "hotel-a=Hotel Praha, hotel-b=Hotel Brno",
                "threadpost.digest.link", "https://app.example/t/{Id}?hotel={Connection}&x=1");
        node.put(
                "digest",
                item("hotel-a", "1", "2026-11-22T10:00:00Z"),
                item("hotel-a", "1", "2026-11-22T12:00:00Z"),
                item("hotel-a", "1", "2026-11-22T11:00:00Z"),
                item("hotel-b", "1", "2026-11-22T09:00:00Z"));
        node.start();
        awaitMails(1);

        assertThat(mails.arrived().get(0).getSubject()).startsWith("Messages: 2 threads, ");
        assertThat(part(mails.arrived().get(0), 0))
                .contains("== Hotel Praha: 1 thread", "== Hotel Brno: 1 thread", "12:00")
                .contains("https://app.example/t/1?hotel=hotel-a&x=1")
                .doesNotContain("10:00", "11:00", "Id:", "hotel-a:");
        assertThat(part(mails.arrived().get(0), 1))
                .contains("<a href=\"https://app.example/t/1?hotel=hotel-b&amp;x=1\"><bdi>y</bdi></a>");
    }

    @Test
    void onlyThoseThatAreOpenNowAreToldIfThatIsWanted() throws Exception {
        DigestNode node = node("threadpost.digest.open", "true").start();
        node.put("digest", resolved("gone", "2026-11-22T10:00:00Z", "true"));
        node.put(
                "digest",
                item("main", "silent", "2026-11-22T10:00:00Z"),
                resolved("again", "2026-11-22T10:00:00Z", "true"),
                resolved("again", "2026-11-22T11:00:00Z", "false"),
                resolved("done", "2026-11-22T10:00:00Z", "false"),
                resolved("done", "2026-11-22T11:00:00Z", "true"));
        awaitMails(1);
        awaitDrained();

        assertThat(ids()).containsExactlyInAnyOrder("silent", "again");
    }

    private static SpoolItem resolved(String id, String updated, String resolved) {
        String json = "{\"Id\":\"" + id + "\",\"UpdatedUtc\":\"" + updated + "\",\"IsResolved\":" + resolved + "}";
        return new SpoolItem(id + "@" + updated, "main", Map.of(), new RawJson(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void aThreadThatCannotBeShownIsDeadByItself() throws Exception {
        DigestNode node = node();
        node.put(
                "digest",
                new SpoolItem("a", "main", Map.of(), new RawJson("{\"Id\":".getBytes())),
                new SpoolItem("b", "main", Map.of(), "text"),
                item("main", "1", "2026-11-22T10:00:00Z"),
                new SpoolItem("c", "main", Map.of(), Map.of("UpdatedUtc", "2026-11-22T10:00:00Z")),
                new SpoolItem("d", "main", Map.of(), Map.of("Id", "x", "UpdatedUtc", "yesterday")),
                item("main", "2", "2026-11-22T10:00:00Z"));
        node.start();
        awaitMails(1);
        awaitDrained();

        assertThat(ids()).containsExactlyInAnyOrder("1", "2");
        assertThat(rows(DEAD))
                .containsExactly(
                        "digest|0|cannot be shown in a digest: not a JSON object of 6 bytes",
                        "digest|0|cannot be shown in a digest: not a JSON object",
                        "digest|0|cannot be shown in a digest: no Id",
                        "digest|0|cannot be shown in a digest: no usable UpdatedUtc");
    }

    @Test
    void nothingIsSentWhenThereIsNothing() throws Exception {
        DigestNode node = node().start();
        String next = "SELECT next FROM spool_tick WHERE next > 0";
        await().until(() -> !rows(next).isEmpty());
        String first = rows(next).get(0);
        await().until(() -> Long.parseLong(rows(next).get(0)) >= Long.parseLong(first) + 2000);
        node.threads(1);
        awaitMails(1);

        assertThat(ids()).containsExactly("thread-1");
    }

    @Test
    void anEmptyDigestIsSentIfThatIsWanted() throws Exception {
        node("threadpost.digest.send-empty", "true").start();
        await().until(() -> mails.arrived().size() >= 2);

        assertThat(mails.arrived().get(0).getSubject()).startsWith("Messages: no threads, ");
        assertThat(part(mails.arrived().get(0), 0)).contains("Nothing new.");
    }

    @Test
    void severalDigestsHaveTheirOwn() throws Exception {
        DigestNode node = node().start();
        node.another(
                "digest-sales",
                Map.of(
                        "to", "sales@hotel.example",
                        "subject", "Sales",
                        "language", "cs",
                        "zone", "Europe/Prague"));
        node.put("digest-sales", List.of(thread(1)));
        awaitMails(1);
        node.threads(2);
        awaitMails(2);

        assertThat(subjects())
                .satisfiesExactly(
                        sales -> assertThat(sales).startsWith("Sales: 1 konverzace, "),
                        digest -> assertThat(digest).startsWith("Messages: 1 thread, "));
        assertThat(mails.arrived().get(0).getAllRecipients())
                .extracting(Object::toString)
                .containsExactly("sales@hotel.example");
    }

    private static SpoolItem item(String connection, String id, String updated) {
        return new SpoolItem(
                id,
                connection,
                Map.of(),
                new RawJson(thread(id, "x", "y")
                        .replace("2026-11-22T10:11:12.5Z", updated)
                        .getBytes()));
    }

    private List<String> texts() {
        return mails.texts().stream()
                .map(text -> text.replaceFirst("(?s)^.*?Date:", "Date:"))
                .toList();
    }

    private List<String> subjects() throws Exception {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage mail : mails.arrived()) {
            subjects.add(mail.getSubject());
        }
        return subjects;
    }

    private List<String> ids() throws Exception {
        List<String> ids = new ArrayList<>();
        for (MimeMessage mail : mails.arrived()) {
            Arrays.stream(part(mail, 0).split("\n"))
                    .filter(line -> line.startsWith("  Id: "))
                    .map(line -> line.substring(6))
                    .forEach(ids::add);
        }
        return ids;
    }

    private static String part(MimeMessage mail, int part) throws Exception {
        return ((MimeMultipart) mail.getContent())
                .getBodyPart(part)
                .getContent()
                .toString()
                .replace("\r\n", "\n");
    }
}
