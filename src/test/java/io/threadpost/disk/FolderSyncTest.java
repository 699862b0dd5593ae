package io.threadpost.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.testing.LogLines;

class FolderSyncTest {
    @TempDir
    Path folder;

    /** Folders of /proc know no fsync: EINVAL. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void mountThatSyncsNoFoldersIsSaidOnce() throws Exception {
        FolderSync sync = new FolderSync();
        try (LogLines lines = LogLines.of("io.threadpost.disk")) {
            sync.sync(Path.of("/proc"));
            sync.sync(Path.of("/proc/self"));
            sync.sync(folder);

            assertThat(lines.lines())
                    .singleElement()
                    .asString()
                    .contains("the mount of /proc syncs no folders (Invalid argument)");
        }
    }

    @Test
    void whatElseFailsIsAnError() {
        assertThatThrownBy(() -> new FolderSync().sync(folder.resolve("gone")))
                .isInstanceOf(IOException.class)
                .hasMessage("syncing the folder " + folder.resolve("gone") + ": no such file");
    }
}
