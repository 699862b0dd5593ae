package io.threadpost.digest;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.TargetSystem;

/**
 * The Camel component {@code digest:NAME}: a list of threads goes in, a list of mails comes out, one for each
 * recipient. Its options are those of {@link DigestEndpoint}.
 */
@ApplicationScoped
@Named("digest")
@Component("digest")
public class DigestComponent extends DefaultComponent {
    private static final String FINISHED = "digest-mails";

    private final Settings settings;

    public DigestComponent(Settings settings) {
        this.settings = settings;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        if (name.equals(FINISHED)) {
            throw new IllegalArgumentException("spool:" + FINISHED
                    + " holds the finished mails of all digests; name this digest's spool otherwise, such "
                    + "as digest-sales");
        }
        DigestEndpoint endpoint = new DigestEndpoint(
                uri,
                this,
                name,
                new Templates(settings.get(SettingsCatalogue.DIGEST_TEMPLATES)),
                settings.on().contains(TargetSystem.DIGEST));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
