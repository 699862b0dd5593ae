package io.threadpost.digest;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

/** Digests that there cannot be. */
class DigestComponentTest {
    @Test
    void digestOfFinishedMailsIsRefused() throws Exception {
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addComponent("digest", new DigestComponent(null));

            assertThatThrownBy(() -> camel.getEndpoint("digest:digest-mails"))
                    .hasRootCauseMessage(
                            "spool:digest-mails holds the finished mails of all digests; name this digest's"
                                    + " spool otherwise, such as digest-sales");
        }
    }
}
