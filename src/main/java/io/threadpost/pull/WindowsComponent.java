package io.threadpost.pull;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** The Camel component {@code windows:open}: hands out open windows to be walked. */
@ApplicationScoped
@Named("windows")
@Component("windows")
public class WindowsComponent extends DefaultComponent {
    private final WalkerFactory walkerFactory;

    @Inject
    WindowsComponent(WalkerFactory walkerFactory) {
        this.walkerFactory = walkerFactory;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
        if (!name.equals("open")) {
            throw new IllegalArgumentException(uri + ": there is windows:open only");
        }
        return new WindowsEndpoint(uri, this, name, walkerFactory);
    }
}
