package io.threadpost.pull;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The Camel component {@code windows:open}: hands out open windows to be walked. */
@ApplicationScoped
@Named("windows")
public class WindowsComponent extends DefaultComponent {
    @Inject
    WalkerFactory walkerFactory;

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        if (!name.equals("open")) {
            throw new IllegalArgumentException(uri + ": there is windows:open only");
        }
        return new WindowsEndpoint(uri, this, walkerFactory);
    }
}
