package io.threadpost.files;

import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;

/** {@code files:FORMAT}. */
final class FilesEndpoint extends DefaultEndpoint {
    private final FilesOptions options;
    private final WriteFiles files;

    FilesEndpoint(String uri, Component component, FilesOptions options, WriteFiles files) {
        super(uri, component);
        this.options = options;
        this.files = files;
    }

    @Override
    public Producer createProducer() {
        return new FilesProducer(this, options, files);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("nothing can be taken from files:");
    }
}
