package io.threadpost.digest;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.TargetSystem;

/**
 * The Camel component {@code digest:NAME}: turns a list of threads into a list of mails, one for each recipient. Its
 * options are those of {@link DigestOptions}.
 */
@ApplicationScoped
@Named("digest")
public class DigestComponent extends DefaultComponent {
    private static final String FINISHED = "digest-mails";

    @Inject
    Settings settings;

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        if (name.equals(FINISHED)) {
            throw new IllegalArgumentException(
                    "spool:" + FINISHED
                            + " holds the finished mails of all digests; name this digest's spool otherwise, such as digest-sales");
        }
        DigestOptions options = new DigestOptions(
                name,
                take(parameters, "from"),
                take(parameters, "to"),
                take(parameters, "subject"),
                take(parameters, "language"),
                take(parameters, "zone"),
                take(parameters, "template"),
                take(parameters, "names"),
                take(parameters, "link"),
                take(parameters, "open"),
                take(parameters, "history"));
        return new DigestEndpoint(
                uri,
                this,
                options,
                new Templates(settings.get(SettingsCatalogue.DIGEST_TEMPLATES)),
                settings.on().contains(TargetSystem.DIGEST));
    }

    private String take(Map<String, Object> parameters, String option) {
        String value = getAndRemoveParameter(parameters, option, String.class);
        return value == null ? "" : value.strip();
    }
}
