package io.threadpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What benchmarks of other rooms rely on: a platform that is never the slow part. */
@Tag("alone")
@Tag("nightly")
class SandboxScaleTest {
    private static final int THREADS = 2_000_000;

    @Test
    void twoMillionThreadsFitAndAreServedFast() throws Exception {
        long before = usedMemory();
        SandboxOptions options = new SandboxOptions()
                .threads(THREADS)
                .over(Duration.ofDays(80))
                .noLimit()
                .keepRequestLog(false);
        long started = System.nanoTime();
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            System.out.printf(
                    "%,d threads: started in %d ms, %d MB%n",
                    THREADS, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started), (usedMemory() - before) >> 20);
            assertThat(usedMemory() - before).as("bytes").isLessThan(200L << 20);
            SandboxClient client = new SandboxClient(platform);
            Instant now = Instant.now();
            String all = SandboxClient.updated(now.minus(Duration.ofDays(81)), now.plusSeconds(60));
            long paging = System.nanoTime();
            int threads = 0;
            int pages = 0;
            for (String cursor = ""; cursor != null && pages < 2001; pages++) {
                String page = client.getAll(all, 1000, cursor.isEmpty() ? null : cursor)
                        .body();
                // The cursor is the last thing in a page; parsing it all would measure the client.
                int at = page.lastIndexOf("\"Cursor\":");
                cursor = page.startsWith("null", at + 9) ? null : page.substring(at + 10, at + 46);
                threads += cursor == null ? 0 : 1000;
            }
            double seconds = (System.nanoTime() - paging) / 1e9;
            System.out.printf("%d pages of 1000 in %.1f s: %.0f pages/s%n", pages, seconds, pages / seconds);
            assertThat(threads).isEqualTo(THREADS);
            assertThat(pages / seconds).as("pages/s").isGreaterThan(150);
        }
    }

    private static long usedMemory() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
