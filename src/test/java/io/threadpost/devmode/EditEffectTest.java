package io.threadpost.devmode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.Sources;
import io.threadpost.example.PassedInputs.Passed;
import io.threadpost.json.RawJson;
import io.threadpost.preview.Given;
import io.threadpost.routecheck.RouteSource;

/** An edit is described by what it changes for threads that passed, each change once. */
class EditEffectTest {
    @TempDir
    Path home;

    private static List<RouteSource> shipped() {
        return Sources.below("routes").stream()
                .map(file -> new RouteSource(file.getFileName().toString(), Sources.text(file)))
                .toList();
    }

    private static Passed thread(int number, String subject) {
        String id = "7d1f9c1e-4d1a-4f4e-8f2a-0a4c9a1b2c" + number;
        String time = "2026-11-22T10:00:" + number + "Z";
        return new Passed(
                id + "@" + time,
                Given.threads(
                        List.of(new RawJson(("{\"Id\":\"" + id
                                        + "\",\"OriginalSender\":\"A <a@b.example>\",\"Subject\":\"" + subject
                                        + "\",\"CreatedUtc\":\"" + time + "\",\"UpdatedUtc\":\"" + time + "\"}")
                                .getBytes(StandardCharsets.UTF_8))),
                        "main",
                        List.of()));
    }

    @Test
    void theSameChangeIsDescribedOnceWithTheNumberOfThreads() throws Exception {
        Files.writeString(
                home.resolve("application.properties"),
                "threadpost.connections.main.access-token=f4a1c7e9b2d8\nthreadpost.queue.url=amqp://broker.example\n");
        List<Passed> passed = new ArrayList<>(IntStream.range(10, 14)
                .mapToObj(number -> thread(number, "Group booking"))
                .toList());
        passed.add(thread(20, "Late arrival"));
        List<RouteSource> edited = shipped().stream()
                .map(file -> new RouteSource(file.name(), file.text().replace("'group booking'", "'grp booking'")))
                .toList();
        EditEffect effect = new EditEffect(home, "prod");

        List<String> lines = effect.lines(shipped(), edited, passed);
        assertThat(lines.get(0)).isEqualTo("4 of the last 5 threads and mails take another way:");
        assertThat(lines.get(1)).isEqualTo(passed.get(0).key() + " and 3 more");
        assertThat(lines).anyMatch(line -> line.matches(" +- .*spool:queue.*"));
        assertThat(Stream.concat(lines.stream().skip(2), Stream.of(""))).noneMatch(line -> line.contains(" more"));
        assertThat(effect.lines(shipped(), shipped(), passed))
                .containsExactly("nothing changes for the last 5 threads and mails");
    }
}
