package io.threadpost.pull;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.connector.PlatformClient;
import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.LedgerFixture;
import io.threadpost.testing.CannedPlatform;
import io.threadpost.testing.CannedPlatform.Answer;

/** The end of an outage is logged once. */
class OutageLogTest {
    private static final String THREAD =
            "{\"Id\":\"3fa85f64-5717-4562-b3fc-2c963f66afa6\",\"UpdatedUtc\":\"2026-01-01T00:00:00Z\"}";

    @TempDir
    Path folder;

    /** What was logged; held here, as loggers that nobody holds are forgotten. */
    private static final class Lines extends Handler implements AutoCloseable {
        private final Logger logger = Logger.getLogger(PlatformClient.class.getName());
        private final Formatter words = new PatternFormatter("%s");
        private final List<String> lines = new CopyOnWriteArrayList<>();

        Lines() {
            logger.addHandler(this);
        }

        @Override
        public void publish(LogRecord entry) {
            lines.add(words.format(entry));
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            logger.removeHandler(this);
        }
    }

    @Test
    void theEndOfAnOutageIsLoggedOnce() throws Exception {
        try (LedgerFixture ledger = LedgerFixture.create(Dialect.SQLITE, folder);
                CannedPlatform platform = new CannedPlatform(request -> Answer.of(503, ""));
                PullNode node = new PullNode(ledger.ledger(), platform.address(), Map.of());
                Lines lines = new Lines()) {
            node.startToFiles();
            await().until(() -> platform.requests().size() > 1);
            assertThat(lines.lines).isEmpty();

            platform.script(request -> Answer.page(null, THREAD));
            await().until(() -> !lines.lines.isEmpty());
            int asked = platform.requests().size();
            await().until(() -> platform.requests().size() > asked + 1);

            assertThat(lines.lines).singleElement().asString().matches("main: the platform works again after \\d+ s");
        }
    }
}
