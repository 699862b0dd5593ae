package io.threadpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import org.junit.jupiter.api.Test;

class SandboxCursorTest {
    private static final Instant AT = Instant.parse("2024-03-01T00:00:00Z");
    private static final String WINDOW = SandboxClient.updated(AT, AT.plusSeconds(100));

    @Test
    void theCursorIsTheLastThreadAndNullOnlyWhenThereWasNothing() throws Exception {
        try (SandboxPlatform platform = SandboxPlatform.start(new SandboxOptions())) {
            SandboxClient client = new SandboxClient(platform);
            String older = platform.addThread(AT, "A", "older");
            String newer = platform.addThread(AT.plusSeconds(1), "A", "newer");
            HttpResponse<String> page = client.getAll(WINDOW, 10, null);
            assertThat(client.ids(page)).containsExactly(newer, older);
            assertThat(client.cursor(page)).isEqualTo(older);
            assertThat(client.json(client.getAll(WINDOW, 10, older)).toString())
                    .isEqualTo("{\"MessageThreads\":[],\"Cursor\":null}");
        }
    }

    @Test
    void aCursorStaysGoodWhileItsThreadMatches() throws Exception {
        try (SandboxPlatform platform =
                SandboxPlatform.start(new SandboxOptions().cursorPolicy(CursorPolicy.INVALID))) {
            SandboxClient client = new SandboxClient(platform);
            String older = platform.addThread(AT, "A", "older");
            String newer = platform.addThread(AT.plusSeconds(1), "A", "newer");
            platform.updateThread(newer, AT.plusSeconds(50));
            assertThat(client.ids(client.getAll(WINDOW, 10, newer))).containsExactly(older);
        }
    }

    @Test
    void aCursorWhoseThreadLeftTheWindowIsTreatedByPolicy() throws Exception {
        for (ThreadOrder order : ThreadOrder.values()) {
            assertThat(afterTheCursorLeft(CursorPolicy.INVALID, order)).isEqualTo("400 null");
            assertThat(afterTheCursorLeft(CursorPolicy.EMPTY, order)).isEqualTo("200 []");
            assertThat(afterTheCursorLeft(CursorPolicy.RESTART, order)).isEqualTo("200 [three, one]");
        }
        // By creation the place is where it was; by update it is above the window, so everything left comes again.
        assertThat(afterTheCursorLeft(CursorPolicy.POSITION, ThreadOrder.NEWEST_CREATED))
                .isEqualTo("200 [one]");
        assertThat(afterTheCursorLeft(CursorPolicy.POSITION, ThreadOrder.NEWEST_UPDATED))
                .isEqualTo("200 [three, one]");
    }

    private String afterTheCursorLeft(CursorPolicy policy, ThreadOrder order) throws Exception {
        try (SandboxPlatform platform =
                SandboxPlatform.start(new SandboxOptions().cursorPolicy(policy).order(order))) {
            SandboxClient client = new SandboxClient(platform);
            platform.addThread(AT, "A", "one");
            String two = platform.addThread(AT.plusSeconds(1), "A", "two");
            platform.addThread(AT.plusSeconds(2), "A", "three");
            assertThat(client.cursor(client.getAll(WINDOW, 2, null))).isEqualTo(two);
            platform.updateThread(two, AT.plusSeconds(1000));
            HttpResponse<String> answer = client.getAll(WINDOW, 2, two);
            // A moved cursor is no mistake of the client.
            assertThat(platform.refusals()).isEmpty();
            List<String> subjects = client.json(answer).findValuesAsText("Subject");
            return answer.statusCode() + " " + (answer.statusCode() == 200 ? subjects : "null");
        }
    }

    @Test
    void aPortfolioTokenSeesAllItsEnterprisesUnlessOneIsNamed() throws Exception {
        UUID alpha = UUID.fromString("00000000-0000-4000-8000-00000000000a");
        UUID beta = UUID.fromString("00000000-0000-4000-8000-00000000000b");
        UUID gamma = UUID.fromString("00000000-0000-4000-8000-00000000000c");
        SandboxOptions options = new SandboxOptions()
                .accessTokens(Map.of("sandbox-access-token", Set.of(alpha, beta), "other-token", Set.of(gamma)));
        try (SandboxPlatform platform = SandboxPlatform.start(options)) {
            SandboxClient client = new SandboxClient(platform);
            String ofAlpha = platform.addThread(AT, "A", "alpha", alpha);
            String ofBeta = platform.addThread(AT.plusSeconds(1), "A", "beta", beta);
            String ofGamma = platform.addThread(AT.plusSeconds(2), "A", "gamma", gamma);
            assertThat(client.ids(client.getAll(WINDOW, 10, null))).containsExactly(ofBeta, ofAlpha);
            assertThat(client.ids(client.getAll("'EnterpriseIds':['" + beta + "']," + WINDOW, 10, null)))
                    .containsExactly(ofBeta);
            assertThat(client.getAll("'EnterpriseIds':['" + gamma + "']," + WINDOW, 10, null)
                            .statusCode())
                    .isEqualTo(400);
            assertThat(client.getAll(WINDOW, 10, ofGamma).statusCode()).isEqualTo(400);
        }
    }
}
