package io.threadpost.vocabulary;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.threadpost.secrets.SecretSearch;

class ThreadpostRouteContextTest {
    @Test
    void aShortPasswordForbidsNoNameThatHoldsIt() {
        ThreadpostRouteContext context = new ThreadpostRouteContext(
                key -> Optional.empty(), List::of, new SecretSearch(Set.of("files", "a-long-token-of-a-hotel")));

        assertThat(context.holdsSecret("spool:files")).isFalse();
        assertThat(context.holdsSecret("files")).isTrue();
        assertThat(context.holdsSecret("?token=a-long-token-of-a-hotel")).isTrue();
    }
}
