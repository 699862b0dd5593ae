package io.threadpost.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.disk.FolderSync;
import io.threadpost.settings.TestSettings;
import io.threadpost.spool.SpoolConstants;
import io.threadpost.spool.SpoolItem;

class FilesComponentTest {
    private static final String TICK = "2026-11-21T23:30:00Z";

    @TempDir
    Path folder;

    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void open() {
        FilesComponent component = new FilesComponent(new WriteFiles(
                TestSettings.of(Map.of(
                        "threadpost.connector.address", "http://localhost:1",
                        "threadpost.connector.client-token", "client",
                        "threadpost.connections.main.access-token", "access",
                        "threadpost.files.directory", folder.toString())),
                new FolderSync()));
        camel.addComponent("files", component);
        camel.start();
    }

    @AfterEach
    void close() {
        camel.stop();
    }

    private static SpoolItem thread(String hotel, String id, String subject) {
        return new SpoolItem(
                id + "@2026-11-22T10:00:00Z",
                hotel,
                Map.of(),
                Map.of("Id", id, "Subject", subject, "UpdatedUtc", "2026-11-22T10:00:00Z"));
    }

    private void write(String uri, Map<String, Object> headers, SpoolItem... threads) throws Exception {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setHeader("ThreadpostBatch", 7L);
        exchange.getMessage().setHeaders(new HashMap<>(headers));
        exchange.getMessage().setHeader("ThreadpostBatch", 7L);
        exchange.setProperty(SpoolConstants.ITEMS, List.of(threads));
        exchange.getMessage().setBody(Stream.of(threads).map(SpoolItem::body).toList());
        camel.createProducerTemplate().send(uri, exchange);
        if (exchange.getException() != null) {
            throw exchange.getException();
        }
        assertThat(exchange.getMessage().getBody(List.class)).hasSize(threads.length);
    }

    private Map<String, String> files() throws Exception {
        Map<String, String> files = new HashMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void eachHotelHasAFolderAndEachDayATable() throws Exception {
        String uri =
                "files:csv?folder=${header.ThreadpostConnection}&name=threads-${variable.day}.csv&zone=Europe/Prague"
                        + "&columns=Guest=OriginalSender,Subject,ThreadpostConnection&separator=semicolon";
        for (int time = 0; time < 2; time++) {
            write(
                    uri,
                    Map.of("ThreadpostTick", TICK),
                    thread("prague", "a", "Late; late"),
                    thread("brno", "b", "=1+1"),
                    thread("prague", "c", "\"x\""));
        }

        assertThat(files())
                .isEqualTo(Map.of(
                        "prague/threads-2026-11-22.csv",
                        "Guest;Subject;ThreadpostConnection\r\n;\"Late; late\";prague\r\n;\"\"\"x\"\"\";prague\r\n",
                        "brno/threads-2026-11-22.csv",
                        "Guest;Subject;ThreadpostConnection\r\n;'=1+1;brno\r\n"));
    }

    @Test
    void aFileIsNeverOverwrittenAndTheSameBatchIsTheSameFile() throws Exception {
        String uri = "files:ndjson?name=day.txt&folder=x";
        for (String id : List.of("a", "b", "c", "b", "a", "c")) {
            write(uri, Map.of(), thread("main", id, "s"));
        }

        assertThat(files()).containsOnlyKeys("x/day.txt", "x/day-2.txt", "x/day-3.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../etc/passwd",
                "..",
                ".",
                "/etc/x",
                "a/b",
                "C:\\x",
                "a\u0000b",
                "nul",
                "COM1.txt",
                " . ",
                "",
                "~",
                "a\nb",
                "\u202Etxt.exe",
                "é\uD83D\uDE00"
            })
    void whateverAGuestWritesIsOneNameBelowTheFolder(String subject) throws Exception {
        write("files:json?folder=in/${body[Subject]}/x&name=${body[Subject]}", Map.of(), thread("main", "a", subject));

        assertThat(files().keySet()).singleElement().satisfies(file -> {
            assertThat(file.split("/")).hasSize(4).startsWith("in").doesNotContain("..", ".", "");
            assertThat(file).doesNotContainPattern("[\\\\:*?\"<>|\\p{Cntrl}\u202E]");
        });
    }

    @Test
    void longNamesThatBeginAlikeStayTwo() throws Exception {
        String begin = "ž".repeat(300);
        write(
                "files:json?name=${body[Subject]}.json",
                Map.of(),
                thread("m", "a", begin + "1"),
                thread("m", "b", begin + "2"));

        assertThat(files()).hasSize(2).allSatisfy((name, text) -> assertThat(name)
                .endsWith(".json"));
    }

    @Test
    void theCharsetIsAsTheRouteSays() throws Exception {
        write("files:csv?name=a.csv&columns=Subject&charset=windows-1250", Map.of(), thread("m", "a", "Příjezd"));
        write(
                "files:csv?name=b.csv&columns=Subject&charset=UTF-8-BOM&separator=tab",
                Map.of(),
                thread("m", "a", "Příjezd"));

        assertThat(Files.readString(folder.resolve("a.csv"), Charset.forName("windows-1250")))
                .isEqualTo("Subject\r\nPříjezd\r\n");
        assertThat(Files.readString(folder.resolve("b.csv"))).isEqualTo("\uFEFFSubject\r\nPříjezd\r\n");
    }

    @Test
    void withoutOptionsNamesAreThoseOfTheSteps() throws Exception {
        write("files:csv", Map.of(), thread("m", "a", "s"));
        write("files:json", Map.of(), thread("m", "a", "s"));

        assertThat(new ArrayList<>(files().keySet()))
                .hasSize(2)
                .anyMatch(name -> name.matches("2026/11/22/batch-0{11}7-[0-9a-f]{8}\\.csv"))
                .contains("2026/11/22/2026-11-22T10-00-00Z_a.json");
    }

    @Test
    void aDayWithoutThreadsHasTheHeadingsOnly() throws Exception {
        write("files:csv?name=${variable.day}.csv&columns=Id", Map.of("ThreadpostTick", TICK));

        assertThat(files()).isEqualTo(Map.of("2026-11-21.csv", "Id\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"folder=../x", "name=/x", "charset=latin-99", "separator=pipe", "zone=Prague", "columns=a,,b"})
    void anOptionThatCannotBeIsSaidInOneLine(String option) {
        assertThatThrownBy(() -> camel.getEndpoint("files:csv?" + option))
                .rootCause()
                .hasMessageStartingWith("files:csv: ")
                .hasMessageNotContaining("\n");
    }
}
