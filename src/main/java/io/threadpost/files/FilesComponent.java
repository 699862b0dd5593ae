package io.threadpost.files;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

/** The Camel component {@code files:FORMAT}; its options are those of {@link FilesEndpoint}. */
@ApplicationScoped
@Named("files")
@Component("files")
public class FilesComponent extends DefaultComponent {
    private final WriteFiles files;

    public FilesComponent(WriteFiles files) {
        this.files = files;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String format, Map<String, Object> parameters) throws Exception {
        FilesEndpoint endpoint = new FilesEndpoint(uri, this, files);
        endpoint.setFormat(format);
        setProperties(endpoint, parameters);
        try {
            endpoint.options();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("files:" + format + ": " + e.getMessage());
        }
        return endpoint;
    }
}
