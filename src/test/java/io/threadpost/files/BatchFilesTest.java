package io.threadpost.files;

import static io.threadpost.files.FileSteps.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.Promise;
import io.threadpost.Proves;

/** NDJSON and CSV: one file a batch. */
@Proves(Promise.FILES_HOLD_EVERY_VERSION_ONCE)
class BatchFilesTest {
    private static final String HEADER = "Id,OriginalSender,Subject,CreatedUtc,UpdatedUtc,IsResolved\r\n";

    @TempDir
    Path folder;

    private FileSteps steps;

    @BeforeEach
    void open() {
        steps = new FileSteps(folder);
    }

    @Test
    void theBatchsNumberNamesTheFile() throws Exception {
        steps.run(new ThreadsAsNdjson(), 7, FileSteps.thread("a"), FileSteps.thread("b"));
        steps.run(new ThreadsAsCsv(), 8, FileSteps.thread("a"));

        assertThat(steps.files())
                .hasSize(2)
                .anyMatch(file -> file.matches("2026/11/22/batch-000000000007-[0-9a-f]{8}\\.ndjson"))
                .anyMatch(file -> file.matches("2026/11/22/batch-000000000008-[0-9a-f]{8}\\.csv"));
    }

    /**
     * Another ledger counts its batches anew: none of its files takes the place of one that is there, and none is taken
     * for it.
     */
    @Test
    void theSameNumberWithOtherThreadsIsAnotherFile() throws Exception {
        steps.run(new ThreadsAsNdjson(), 7, FileSteps.thread("a"));
        steps.run(new ThreadsAsNdjson(), 7, FileSteps.thread("b"));
        steps.run(new ThreadsAsNdjson(), 7, FileSteps.thread("a"));

        assertThat(steps.files()).hasSize(2);
    }

    @Test
    void eachThreadIsOneLineOfNdjsonEvenWhenItCameOnSeveral() throws Exception {
        String pretty = "{\r\n  \"Id\" : \"a\",\n  \"UpdatedUtc\" : \"2026-11-22T10:11:12.5Z\",\n  \"Text\":\"x\\ny\", "
                + "\"N\": 1.10 }";

        steps.run(new ThreadsAsNdjson(), 1, json(pretty), FileSteps.thread("b"));

        List<String> lines = steps.content(steps.files().get(0)).lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).isEqualTo(pretty.replace('\n', ' ').replace('\r', ' '));
        assertThat(new ObjectMapper().readTree(lines.get(1)).get("Id").asText()).isEqualTo("b");
        assertThat(steps.content(steps.files().get(0))).endsWith("\n").doesNotContain("\r");
    }

    @Test
    void csvQuotesWhatNeedsItAsRfc4180Says() throws Exception {
        assertThat(subject("plain text")).isEqualTo("plain text");
        assertThat(subject("a,b")).isEqualTo("\"a,b\"");
        assertThat(subject("say \"hi\"")).isEqualTo("\"say \"\"hi\"\"\"");
        assertThat(subject("two\r\nlines")).isEqualTo("\"two\r\nlines\"");
        assertThat(subject("ümläut 😀")).isEqualTo("ümläut 😀");
        assertThat(subject("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                " =1",
                "+1",
                "-1",
                "@SUM(A1)",
                "\t=1",
                "\rx",
                "\nx",
                "＝1",
                "＋1",
                "－1",
                "＠x",
                "\u00a0=1",
                "\u3000=1",
                "\ufeff=1",
                "\u200b=1",
                "\0=1"
            })
    void aCellThatLooksLikeAFormulaIsHarmless(String cell) throws Exception {
        assertThat(subject(cell).replace("\"", ""))
                .isEqualTo("'" + cell.replace("\ufeff", "").replace('\0', ' '));
    }

    @Test
    void whatTurnsALineRoundOrBreaksItIsNotInACell() throws Exception {
        assertThat(subject("a\u202egpj.exe\u2028b\u0085c\u009bd")).isEqualTo("agpj.exe b c d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a=1", "Re: =1", "1-1", "'quoted", "ü@x"})
    void anOrdinaryCellStaysAsItIs(String cell) throws Exception {
        assertThat(subject(cell)).isEqualTo(cell);
    }

    /** @return how a subject stands in the file */
    private String subject(String subject) throws Exception {
        Map<String, Object> thread = new HashMap<>(FileSteps.thread("a"));
        thread.put("Subject", subject);
        long batch = steps.files().size() + 1L;
        steps.run(new ThreadsAsCsv(), batch, thread);
        String file = steps.files().stream()
                .filter(name -> name.contains(String.format("batch-%012d-", batch)))
                .findFirst()
                .orElseThrow();
        String text = steps.content(file);
        assertThat(text).startsWith(HEADER + "a,,").endsWith(",,2026-11-22T10:11:12.5Z,\r\n");
        return text.substring((HEADER + "a,,").length(), text.length() - ",,2026-11-22T10:11:12.5Z,\r\n".length());
    }
}
