package io.threadpost.files;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;

import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/**
 * The Camel component {@code files:FORMAT}: writes threads below {@code threadpost.files.directory}. Options:
 * {@code folder} and {@code name}, with simple expressions, {@code zone}, {@code charset}; of {@code files:csv} also
 * {@code columns} and {@code separator}.
 */
@ApplicationScoped
@Named("files")
public class FilesComponent extends DefaultComponent {
    @Inject
    WriteFiles files;

    @Override
    protected Endpoint createEndpoint(String uri, String format, Map<String, Object> parameters) {
        try {
            return new FilesEndpoint(uri, this, options(FilesOptions.Format.of(format), parameters), files);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("files:" + format + ": " + e.getMessage());
        }
    }

    private FilesOptions options(FilesOptions.Format format, Map<String, Object> parameters) {
        String charset = take(parameters, "charset");
        return new FilesOptions(
                format,
                template(parameters, "folder"),
                template(parameters, "name"),
                new CsvTable(
                        CsvTable.columns(take(parameters, "columns")),
                        FilesOptions.separator(take(parameters, "separator"))),
                FilesOptions.charset(charset),
                FilesOptions.marked(charset),
                FilesOptions.zone(take(parameters, "zone")));
    }

    private PathTemplate template(Map<String, Object> parameters, String option) {
        String text = take(parameters, option);
        return text.isEmpty() ? null : new PathTemplate(option, text, getCamelContext());
    }

    private String take(Map<String, Object> parameters, String option) {
        String value = getAndRemoveParameter(parameters, option, String.class);
        return value == null ? "" : value.strip();
    }
}
