package io.threadpost.add;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.sandbox.Chance;
import io.threadpost.sandbox.FaultKind;
import io.threadpost.sandbox.Faults;
import io.threadpost.sandbox.SandboxOptions;
import io.threadpost.sandbox.SandboxPlatform;

/** What the tests of adding share: a platform, a ledger, and processes on it. */
abstract class AddBehaviour {
    @TempDir
    Path folder;

    LedgerFixture ledger;
    private final List<AutoCloseable> opened = new ArrayList<>();

    abstract Dialect dialect();

    @BeforeEach
    void openLedger() {
        ledger = LedgerFixture.create(dialect(), folder);
    }

    @AfterEach
    void closeEverything() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
        ledger.close();
    }

    SandboxPlatform platform(SandboxOptions options) {
        SandboxPlatform platform = SandboxPlatform.start(options.noLimit());
        opened.add(platform);
        return platform;
    }

    AddNode node(SandboxPlatform platform) throws Exception {
        return node(platform, Map.of());
    }

    AddNode node(SandboxPlatform platform, Map<String, String> overrides) throws Exception {
        AddNode node = new AddNode(ledger.ledger(), platform.address(), overrides);
        opened.add(node);
        return node;
    }

    static Faults adds(FaultKind kind, Chance chance) {
        return Faults.none().only("add").with(kind, chance);
    }

    /** Puts messages with these subjects, and waits until each has its thread, and the platform no other ones. */
    void eachBecomesOne(SandboxPlatform platform, AddNode node, String... subjects) {
        for (int i = 0; i < subjects.length; i++) {
            node.put("mail-" + i, "Zoë", subjects[i]);
        }
        await().until(() -> node.ended.size() == subjects.length);
        assertThat(node.ended.values()).doesNotHaveDuplicates();
        assertThat(platform.versions().stream().map(version -> version.split(" ")[0]))
                .containsExactlyInAnyOrderElementsOf(node.ended.values());
        assertThat(platform.subjects()).hasSameSizeAs(subjects);
        assertThat(ledger.rows("SELECT item_key FROM thread_add WHERE state <> 'added'"))
                .isEmpty();
    }
}
