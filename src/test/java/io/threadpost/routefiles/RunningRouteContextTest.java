package io.threadpost.routefiles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;

import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

import io.threadpost.secrets.SecretSearch;

class RunningRouteContextTest {
    @Test
    void aShortPasswordForbidsNoNameThatHoldsIt() {
        RunningRouteContext running = new RunningRouteContext(
                ConfigProvider.getConfig(), new SecretSearch(Set.of("files", "a-long-token-of-a-hotel")));

        assertThat(running.holdsSecret("spool:files")).isFalse();
        assertThat(running.holdsSecret("files")).isTrue();
        assertThat(running.holdsSecret("?token=a-long-token-of-a-hotel")).isTrue();
    }
}
