package io.threadpost.reply;

import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

import io.threadpost.digest.Templates;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.TargetSystem;

/**
 * The Camel component {@code reply:mail}: a message of the hotel goes in, the mail to its guest comes out. Its options
 * are those of {@link ReplyEndpoint}.
 */
@ApplicationScoped
@Named("reply")
@Component("reply")
public class ReplyComponent extends DefaultComponent {
    private final Settings settings;
    private final ReplyRenderer renderer;
    private final RefusedReplies refused;

    ReplyComponent(Settings settings, ReplyRenderer renderer, RefusedReplies refused) {
        this.settings = settings;
        this.refused = refused;
        this.renderer = renderer;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String what, Map<String, Object> parameters) throws Exception {
        ReplyEndpoint endpoint = new ReplyEndpoint(
                uri,
                this,
                what,
                new ReplyProducer.Replying() {
                    @Override
                    public Optional<ReplyRenderer.Rendered> render(
                            String message, String text, ReplyOptions options, Templates templates) {
                        return renderer.render(message, text, options, templates);
                    }

                    @Override
                    public void refuse(String message, String reason) {
                        refused.record(message, reason, true);
                    }
                },
                new Templates(settings.get(SettingsCatalogue.DIGEST_TEMPLATES)),
                settings.on().contains(TargetSystem.REPLIES));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
