package io.threadpost.spool;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** The Camel component {@code spool:NAME}; its options are those of {@link SpoolEndpoint}. */
@ApplicationScoped
@Named("spool")
@Component("spool")
public class SpoolComponent extends DefaultComponent {
    private static final String NAME = "[a-z][a-z0-9-]{0,62}";

    final Spools spools;
    final SpoolDrain.Services drains;
    final Targets targets;

    SpoolComponent(Spools spools, SpoolDrain.Services drains, Targets targets) {
        this.spools = spools;
        this.drains = drains;
        this.targets = targets;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        targets.open();
    }

    @Override
    protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) throws Exception {
        requireName(name);
        SpoolEndpoint endpoint = new SpoolEndpoint(uri, this, name, spools, drains);
        setProperties(endpoint, parameters);
        endpoint.consumerOptions();
        if (endpoint.getParcel() != null) {
            spools.parcelSize(name, endpoint.getParcel());
        }
        return endpoint;
    }

    static void requireName(String name) {
        if (name == null || !name.matches(NAME)) {
            throw new IllegalArgumentException("spool:" + name
                    + ": a spool's name is lower-case letters, digits and hyphens, such as spool:files");
        }
    }
}
