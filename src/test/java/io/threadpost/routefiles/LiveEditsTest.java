package io.threadpost.routefiles;

import static io.threadpost.routefiles.LiveRoutes.saying;
import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;
import io.threadpost.routecheck.RouteSource;
import io.threadpost.testing.LogLines;

/** What a person does in the folder of route files, and what runs then. */
@Proves(Promise.EDITS_ARE_SAFE)
class LiveEditsTest extends LiveFolder {
    private static final String FILE = "say.camel.yaml";

    @Test
    void anEditTakesEffectAndOnlyTheJavaRoutesAreLeftAlone() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            Object java = live.camel.getRoute("java");
            assertThat(live.say("a")).isEqualTo("one a");
            live.write(FILE, saying("say", "direct:said", "two"));
            await().until(() -> live.say("b").equals("two b"));
            await().untilAsserted(() -> assertThat(live.running()).containsExactlyInAnyOrder("java", "say"));
            assertThat(live.camel.getRoute("java")).isSameAs(java);
            await().until(() -> live.count("loaded") == 2);
        }
    }

    @Test
    void aRenamedRouteARemovedRouteAndADeletedFileLeaveNothingRunning() throws Exception {
        put(FILE, saying("one", "direct:one", "1") + saying("two", "direct:two", "2"));
        try (LiveRoutes live = start()) {
            assertThat(live.running()).containsExactlyInAnyOrder("java", "one", "two");
            live.write(FILE, saying("uno", "direct:one", "1") + saying("two", "direct:two", "2"));
            await().untilAsserted(() -> assertThat(live.running()).containsExactlyInAnyOrder("java", "uno", "two"));
            live.write(FILE, saying("uno", "direct:one", "1"));
            await().untilAsserted(() -> assertThat(live.running()).containsExactlyInAnyOrder("java", "uno"));
            Files.delete(routes.resolve(FILE));
            await().untilAsserted(() -> assertThat(live.running()).containsExactly("java"));
            await().untilAsserted(() -> assertThat(live.files.statuses()).isEmpty());
        }
        try (LiveRoutes again = start()) {
            assertThat(again.running()).containsExactly("java");
        }
    }

    /** As Kubernetes mounts a ConfigMap: links to links into a folder, of which a new one takes its place at once. */
    @Test
    void anUpdateOfAMountedConfigMapIsAnEditOfTheFilesThatDiffer() throws Exception {
        mount(
                "..1",
                Map.of(FILE, saying("say", "direct:said", "one"), "same.camel.yaml", saying("same", "direct:x", "x")));
        for (String name : List.of(FILE, "same.camel.yaml")) {
            Files.createSymbolicLink(routes.resolve(name), Path.of("..data", name));
        }
        try (LiveRoutes live = start()) {
            assertThat(live.say("a")).isEqualTo("one a");
            assertThat(live.count("loaded")).isEqualTo(2);
            mount(
                    "..2",
                    Map.of(
                            FILE,
                            saying("say", "direct:said", "two"),
                            "same.camel.yaml",
                            saying("same", "direct:x", "x")));
            await().until(() -> live.say("b").equals("two b"));
            mount("..3", Map.of(FILE, saying("say", "direct:said", "three")));
            Files.delete(routes.resolve("same.camel.yaml"));
            await().until(() -> live.say("c").equals("three c"));
            await().untilAsserted(() -> assertThat(live.running()).containsExactlyInAnyOrder("java", "say"));
            await().untilAsserted(() -> assertThat(live.broken()).isZero());
            assertThat(live.count("loaded")).isEqualTo(4);
        }
    }

    private void mount(String version, Map<String, String> files) throws Exception {
        Path folder = Files.createDirectory(routes.resolve(version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
        Path link = Files.createSymbolicLink(routes.resolve("..data_tmp"), Path.of(version));
        Files.move(link, routes.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    }

    @Test
    void aBrokenEditLeavesTheLastGoodVersionAlsoOverAReboot() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            live.write(FILE, saying("say", "direct:said", "two").replace("steps:", "stepps:"));
            await().until(() -> live.status(FILE).broken());
            assertThat(live.status(FILE).findings().get(0).line()).isBetween(4, 7);
            assertThat(live.say("a")).isEqualTo("one a");
            await().until(() -> live.count("failed") == 1);
            await().until(() -> live.broken() == 1);
        }
        try (LiveRoutes again = start()) {
            assertThat(again.say("a")).isEqualTo("one a");
            assertThat(again.status(FILE).broken()).isTrue();
            assertThat(again.status(FILE).runs()).isTrue();
            again.write(FILE, saying("say", "direct:said", "three"));
            await().until(() -> again.say("b").equals("three b"));
            await().until(() -> !again.status(FILE).broken() && again.broken() == 0);
        }
    }

    @Test
    void whatRanBeforeTheChecksBecameStricterRunsOnAndIsTold() throws Exception {
        String own = saying("say", "direct:said", "{{threadpost.api.token:one}}");
        put(FILE, own);
        try (LiveRoutes fresh = start()) {
            assertThat(fresh.status(FILE).runs()).isFalse();
        }
        new LastGoodSources(ledger.ledger()).keep(new RouteSource(FILE, own));
        try (LiveRoutes upgraded = start()) {
            assertThat(upgraded.say("a")).isEqualTo("one a");
            assertThat(upgraded.status(FILE).broken()).isTrue();
        }
    }

    @Test
    void whatALastGoodVersionBringsIsNotMissed() throws Exception {
        put(
                "asking.camel.yaml",
                saying("ask", "direct:asked", "asked").replace("setBody:", "to: direct:said\n" + "        - setBody:"));
        put(FILE, saying("say", "direct:said", "one"));
        start().close();
        put(FILE, saying("say", "direct:said", "two").replace("steps:", "stepps:"));
        try (LiveRoutes again = start()) {
            assertThat(again.status(FILE).broken()).isTrue();
            assertThat(again.status("asking.camel.yaml").findings()).isEmpty();
        }
    }

    @Test
    void aRenamedFileIsNeverBroken() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            Files.move(routes.resolve(FILE), routes.resolve("renamed.camel.yaml"));
            await().until(() -> live.status("renamed.camel.yaml").runs());
            assertThat(live.status(FILE).runs()).isFalse();
            assertThat(live.say("a")).isEqualTo("one a");
            assertThat(live.count("failed")).isZero();
        }
    }

    @Test
    void aTypoThatIsTakenBackReplacesNothing() throws Exception {
        String good = saying("say", "direct:said", "one");
        put(FILE, good);
        try (LiveRoutes live = start()) {
            Object route = live.camel.getRoute("say");
            live.write(FILE, good.replace("uri", "urri"));
            await().until(() -> live.status(FILE).broken());
            live.write(FILE, good);
            await().until(() -> !live.status(FILE).broken());
            assertThat(live.camel.getRoute("say")).isSameAs(route);
        }
    }

    @Test
    void aFileThatIsBrokenAtTheStartStopsNoOther() throws Exception {
        put("a.camel.yaml", "- route:\n    id: [");
        put(FILE, saying("say", "direct:said", "one"));
        Files.createDirectory(routes.resolve("routes.camel.yaml"));
        Files.createSymbolicLink(routes.resolve("link.camel.yaml"), routes.resolve("nowhere"));
        try (LiveRoutes live = start()) {
            assertThat(live.say("a")).isEqualTo("one a");
            for (String broken : new String[] {"a.camel.yaml", "routes.camel.yaml", "link.camel.yaml"}) {
                assertThat(live.status(broken).broken()).as(broken).isTrue();
                assertThat(live.status(broken).runs()).as(broken).isFalse();
            }
        }
    }

    @Test
    void whatOnlyCamelRefusesBringsTheOldVersionBack() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            // No file shows that a route written in Java takes from there already.
            live.write(FILE, saying("say", "direct:java", "two"));
            await().until(() -> live.status(FILE).broken());
            assertThat(live.say("a")).isEqualTo("one a");
            assertThat(live.running()).containsExactlyInAnyOrder("java", "say");
            live.write(FILE, saying("say", "direct:said", "two"));
            await().until(() -> live.say("b").equals("two b"));
        }
    }

    @Test
    void aRouteMovesFromOneFileToAnother() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            live.write("other.camel.yaml", saying("say", "direct:said", "two"));
            await().until(() -> live.status("other.camel.yaml").broken());
            assertThat(live.say("a")).isEqualTo("one a");
            live.write(FILE, saying("else", "direct:else", "three"));
            await().until(() -> live.say("a").equals("two a"));
            await().untilAsserted(() -> assertThat(live.running()).containsExactlyInAnyOrder("java", "say", "else"));
            await().until(() -> !live.status("other.camel.yaml").broken());
        }
    }

    @Test
    void filesAreMovedOverCopiedInAndSwitchedByALinkedFolder() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            Path aside = Files.writeString(temporary.resolve("aside"), saying("say", "direct:said", "two"));
            Files.setLastModifiedTime(aside, Files.getLastModifiedTime(routes.resolve(FILE)));
            Files.move(aside, routes.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
            await("moved over, with the same size and time")
                    .until(() -> live.say("a").equals("two a"));
            Path copied = Files.writeString(temporary.resolve("copied"), saying("new", "direct:new", "new"));
            Files.copy(copied, routes.resolve("new.camel.yaml"), StandardCopyOption.COPY_ATTRIBUTES);
            await("copied in").until(() -> live.running().contains("new"));
        }
    }

    @Test
    void aConfigMapIsSwitchedAtOnce() throws Exception {
        Path mount = Files.createDirectory(temporary.resolve("mount"));
        version(mount, "..v1", "one");
        Files.createSymbolicLink(mount.resolve("..data"), Path.of("..v1"));
        Files.createSymbolicLink(mount.resolve(FILE), Path.of("..data", FILE));
        Files.delete(routes);
        Files.createSymbolicLink(routes, mount);
        try (LiveRoutes live = start()) {
            assertThat(live.say("a")).isEqualTo("one a");
            version(mount, "..v2", "two");
            Path next = Files.createSymbolicLink(mount.resolve("..data_tmp"), Path.of("..v2"));
            Files.move(next, mount.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
            await().until(() -> live.say("a").equals("two a"));
        }
    }

    private static void version(Path mount, String name, String words) throws Exception {
        Path version = Files.createDirectory(mount.resolve(name));
        Files.writeString(version.resolve(FILE), saying("say", "direct:said", words));
    }

    @Test
    void whatEditorsPutBesideAFileIsNotLoaded() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            for (String name : new String[] {
                ".say.camel.yaml.swp",
                "say.camel.yaml~",
                ".#say.camel.yaml",
                "#say.camel.yaml#",
                "4913",
                "say.camel.yaml.tmp"
            }) {
                live.write(name, saying("stray", "direct:stray", "stray"));
            }
            live.write("new.camel.yaml", saying("new", "direct:new", "new"));
            await().until(() -> live.running().contains("new"));
            assertThat(live.running()).containsExactlyInAnyOrder("java", "say", "new");
        }
    }

    @Test
    void aFolderThatIsAwayForTheMomentStopsNothing() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            Path away = Files.move(routes, temporary.resolve("away"));
            await().until(() -> !live.files.trouble().isEmpty());
            assertThat(live.say("a")).isEqualTo("one a");
            try (LogLines log = LogLines.of(RouteFiles.class.getName())) {
                Files.move(away, routes);
                await().until(() -> live.files.trouble().isEmpty());
                assertThat(log.lines()).anyMatch(line -> line.contains("can be read again"));
            }
            live.write(FILE, saying("say", "direct:said", "two"));
            await().until(() -> live.say("a").equals("two a"));
        }
    }

    @Test
    void anEmptiedFolderIsSaidAloud() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start();
                LogLines log = LogLines.of(RouteFiles.class.getName())) {
            Files.delete(routes.resolve(FILE));
            await().untilAsserted(
                            () -> assertThat(log.lines()).anyMatch(line -> line.contains("contains no route files")));
            assertThat(live.running()).containsExactly("java");
        }
    }

    @Test
    void namesMayStandAmongTheParametersAsTheVisualEditorWritesThem() throws Exception {
        put(
                FILE,
                """
                - route:
                    id: say
                    description: Says it in a spool.
                    from:
                      uri: direct
                      parameters:
                        name: said
                      steps:
                        - to:
                            uri: spool
                            parameters:
                              name: said
                              parcel: 5
                - route:
                    id: answer
                    description: Takes it from the spool.
                    from:
                      uri: spool
                      parameters:
                        name: said
                        batch: 10
                      steps:
                        - stop: {}
                """);
        try (LiveRoutes live = start()) {
            assertThat(live.status(FILE).findings()).isEmpty();
            assertThat(live.camel.getRoute("answer").getEndpoint().getEndpointUri())
                    .isEqualTo("spool://said?batch=10");
        }
    }

    @Test
    void aNewcomerDoesNotTakeThePlaceOfAFileThatRanAlsoOverAReboot() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            live.write("a.camel.yaml", saying("mine", "direct:said", "hijack"));
            live.write("b.camel.yaml", saying("say", "direct:b", "hijack"));
            await().until(() -> live.status("a.camel.yaml").broken()
                    && live.status("b.camel.yaml").broken());
        }
        try (LiveRoutes again = start()) {
            assertThat(again.say("a")).isEqualTo("one a");
            assertThat(again.running()).containsExactlyInAnyOrder("java", "say");
        }
        put(FILE, "- route: [");
        try (LiveRoutes broken = start()) {
            assertThat(broken.say("a")).isEqualTo("one a");
            assertThat(broken.status("a.camel.yaml").runs()).isFalse();
        }
    }

    @Test
    void aRouteWrittenInJavaIsNotReplaced() throws Exception {
        put(FILE, saying("java", "direct:said", "hijack"));
        put("b.camel.yaml", saying("get-threads", "direct:b", "hijack"));
        try (LiveRoutes live = start()) {
            assertThat(live.running()).containsExactly("java");
            assertThat(live.status(FILE).broken()).isTrue();
            assertThat(live.status("b.camel.yaml").firstError()).contains("Threadpost itself");
            assertThat(live.camel.getRoute("java").getEndpoint().getEndpointUri())
                    .isEqualTo("direct://java");
        }
    }

    @Test
    void whatCamelRefusesDisturbsNoNeighbourAndIsToldOnce() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        put("z.camel.yaml", saying("mine", "direct:java", "two"));
        try (LiveRoutes live = start()) {
            Object route = live.camel.getRoute("say");
            assertThat(live.count("failed")).isEqualTo(1);
            live.routeFileSet.retryRejected();
            live.routeFileSet.apply(new FolderScanner.Changes(java.util.Set.of(), java.util.Set.of()));
            assertThat(live.count("failed")).isEqualTo(1);
            assertThat(live.status("z.camel.yaml").broken()).isTrue();
            assertThat(live.camel.getRoute("say")).isSameAs(route);
        }
    }
}
