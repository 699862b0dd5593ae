package io.threadpost.digest;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.internet.MimeMessage;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.testing.MailServer;
import io.threadpost.testing.MailServerResource;
import io.threadpost.testing.SandboxResource;

/** The whole application with the routes that are shipped: what is pulled arrives in a mail. */
@Tag("alone")
@QuarkusTest
@WithTestResource(MailServerResource.class)
@WithTestResource(
        value = SandboxResource.class,
        initArgs = {
            @ResourceArg(name = "threads", value = "7"),
            @ResourceArg(name = "threadpost.pull.period", value = "1s"),
            @ResourceArg(name = "threadpost.digest.cron", value = "*/2 * * * * ?")
        })
class ShippedDigestTest {
    MailServer mails;

    @Test
    void whatIsPulledArrivesInAMail() throws Exception {
        await().until(() -> !mails.arrived().isEmpty());

        MimeMessage mail = mails.arrived().get(0);
        assertThat(mail.getSubject()).startsWith("Messages: 7 threads, ");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    }
}
