package io.threadpost.routefiles;

import static io.threadpost.routefiles.LiveRoutes.saying;
import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.routecheck.RouteSource;

/** The versions of a route file that ran, and going back to one. */
@Proves(Promise.EDITS_ARE_SAFE)
class RouteFileVersionsTest extends LiveFolder {
    private static final String FILE = "say.camel.yaml";

    private List<String> versions(String name) {
        return new LastGoodSources(ledger.ledger())
                .versions(name).stream().map(RouteFileVersion::source).toList();
    }

    @Test
    void theLastTenDifferentVersionsOfEachFileAreKept() {
        LastGoodSources sources = new LastGoodSources(ledger.ledger());
        sources.keep(new RouteSource("other.camel.yaml", "version 3"));
        for (int i = 1; i <= 12; i++) {
            sources.keep(new RouteSource(FILE, "version " + i));
        }
        sources.keep(new RouteSource(FILE, "version 5"));

        assertThat(versions(FILE))
                .containsExactlyElementsOf(Stream.of(5, 12, 11, 10, 9, 8, 7, 6, 4, 3)
                        .map(number -> "version " + number)
                        .toList());
        assertThat(versions("other.camel.yaml")).containsExactly("version 3");
        sources.forget(FILE);
        assertThat(versions(FILE)).as("of a deleted file").hasSize(10);
    }

    @Test
    void theVersionsOfADeletedFileAreKeptHoweverLongItRan() {
        LastGoodSources sources = new LastGoodSources(ledger.ledger());
        sources.keep(new RouteSource(FILE, "old"));
        ledger.ledger().write(tx -> tx.update("UPDATE route_file_version SET since = 1"));
        sources.forget(FILE);
        sources.keep(new RouteSource("other.camel.yaml", "new"));
        assertThat(versions(FILE)).containsExactly("old");

        ledger.ledger().write(tx -> tx.update("UPDATE route_file_version SET since = 1 WHERE name = ?", FILE));
        sources.keep(new RouteSource("other.camel.yaml", "newer"));
        assertThat(versions(FILE)).as("long after it was deleted").isEmpty();
    }

    @Test
    void aSavedVersionIsCheckedAndSwappedLikeAnyEdit() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        Files.setPosixFilePermissions(routes.resolve(FILE), PosixFilePermissions.fromString("rw-r-----"));
        try (LiveRoutes live = start()) {
            live.write(FILE, saying("say", "direct:said", "two"));
            await().until(() -> live.say("a").equals("two a"));
            live.write(FILE, "no route");
            await().until(() -> live.status(FILE).broken());
            List<RouteFileVersion> versions = live.files.versions(FILE);
            assertThat(versions).hasSize(2);

            live.files.save(FILE, versions.get(1).source());
            await().until(() -> live.say("b").equals("one b"));
            await().until(() -> !live.status(FILE).broken());
            assertThat(Files.getPosixFilePermissions(routes.resolve(FILE)))
                    .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
            try (Stream<Path> left = Files.list(routes)) {
                assertThat(left).containsExactly(routes.resolve(FILE));
            }
        }
    }

    @Test
    void aDeletedFileComesBackAndALinkStaysALink() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        Path target = temporary.resolve("elsewhere.yaml");
        Files.writeString(target, saying("linked", "direct:linked", "old"));
        Files.createSymbolicLink(routes.resolve("linked.camel.yaml"), target);
        try (LiveRoutes live = start()) {
            Files.delete(routes.resolve(FILE));
            await().untilAsserted(() -> assertThat(live.running()).containsExactlyInAnyOrder("java", "linked"));
            live.files.save(FILE, live.files.versions(FILE).get(0).source());
            await().until(() -> live.status(FILE).runs());

            live.files.save("linked.camel.yaml", saying("linked", "direct:linked", "new"));
            assertThat(routes.resolve("linked.camel.yaml")).isSymbolicLink();
            assertThat(target).content().contains("new ${body}");
        }
    }

    @Test
    void nothingIsSavedElsewhere() throws Exception {
        try (LiveRoutes live = start()) {
            for (String name : List.of("../out.camel.yaml", "/tmp/out.camel.yaml", "notes.txt", ".hidden.camel.yaml")) {
                assertThatThrownBy(() -> live.files.save(name, "x"))
                        .as(name)
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
        assertThat(temporary.resolve("out.camel.yaml")).doesNotExist();
    }

    @Test
    void aDifferenceShowsTheLinesThatChangeWithTwoAround() {
        String before = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";

        assertThat(SourceDifference.of(before, before)).isEmpty();
        assertThat(SourceDifference.of(before, before.replace("e\n", "E\n").replace("j\n", "j\nk\n")))
                .containsExactly("…", "  c", "  d", "- e", "+ E", "  f", "  g", "…", "  i", "  j", "+ k");
        assertThat(SourceDifference.of("", "a\n")).containsExactly("+ a");
        String large = "x\n".repeat(3000);
        assertThat(SourceDifference.of(large, "y\n".repeat(3000))).hasSize(6000);
    }
}
