package io.threadpost.routecheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in a folder of route files, whatever it is. */
class RouteFolderTest {
    @TempDir
    private Path folder;

    @Test
    void editorsFilesAreIgnoredAndStrangersAreNamed() throws IOException {
        for (String name : new String[] {
            "a.camel.yaml",
            "b.kamelet.yaml",
            ".a.camel.yaml.swp",
            "#a.camel.yaml#",
            ".#a.camel.yaml",
            "a.camel.yaml~",
            "4913",
            "README.md",
            "a.camel.yaml.bak",
            "a.camel.yaml.tmp",
            ".hidden.camel.yaml",
            "c.yaml",
            "d.camel.yml",
            "e.camel.xml",
            "f.camel.yaml.txt",
            "g/h.camel.yaml",
            "g/README.md",
            "..data/i.camel.yaml"
        }) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.createFile(folder.resolve(name));
        }

        assertThat(new RouteFolder(folder).names()).containsExactly("a.camel.yaml", "b.kamelet.yaml");
        assertThat(new RouteFolder(folder).misnamed().stream().map(RouteFinding::text))
                .containsExactly(
                        "c.yaml: warning: the file is not loaded, because of its name; rename it to c.camel.yaml",
                        "d.camel.yml: warning: the file is not loaded, because of its name; rename it to d.camel.yaml",
                        "e.camel.xml: warning: the file is not loaded, because of its name; only routes in YAML "
                                + "are loaded: rewrite it as e.camel.yaml",
                        "f.camel.yaml.txt: warning: the file is not loaded, because of its name; "
                                + "rename it to f.camel.yaml",
                        "g/h.camel.yaml: warning: the file is not loaded, because of its folder; route files are "
                                + "directly in the folder of route files: move it there");
    }

    @Test
    void readsText() throws IOException {
        Files.writeString(folder.resolve("a.camel.yaml"), "- stop: {} # ü\r\n");

        assertThat(new RouteFolder(folder).read("a.camel.yaml"))
                .isEqualTo(new RouteFolder.Content(
                        Optional.of(new RouteSource("a.camel.yaml", "- stop: {} # ü\r\n")), Optional.empty()));
    }

    @Test
    void whatCannotBeReadIsOneFinding() throws Exception {
        Files.createDirectory(folder.resolve("folder.camel.yaml"));
        Files.createSymbolicLink(folder.resolve("link.camel.yaml"), Path.of("nowhere"));
        Files.write(folder.resolve("latin.camel.yaml"), new byte[] {'a', '\n', 'b', (byte) 0xfc, 'c'});
        Files.write(folder.resolve("large.camel.yaml"), new byte[10 << 20]);
        assertThat(new ProcessBuilder(
                                "mkfifo", folder.resolve("pipe.camel.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();

        assertThat(found("folder"))
                .isEqualTo("folder.camel.yaml: error: this is a folder; route files are directly in the folder"
                        + " of route files: rename or move it");
        assertThat(found("link")).isEqualTo("link.camel.yaml: error: this is a broken link; correct or remove it");
        assertThat(found("latin"))
                .isEqualTo("latin.camel.yaml:2:2: error: this is not UTF-8; save the file as UTF-8 text");
        assertThat(found("large"))
                .isEqualTo("large.camel.yaml: error: the file is larger than 1024 kB;"
                        + " split it, or remove what is not a route");
        assertThat(found("pipe")).isEqualTo("pipe.camel.yaml: error: this is not a regular file; remove it");
        assertThat(found("gone")).isEqualTo("gone.camel.yaml: error: the file does not exist; restore it");
    }

    private String found(String name) {
        RouteFolder.Content content = new RouteFolder(folder).read(name + ".camel.yaml");
        assertThat(content.source()).isEmpty();
        return content.finding().orElseThrow().text();
    }
}
