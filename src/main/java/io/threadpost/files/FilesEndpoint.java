package io.threadpost.files;

import org.apache.camel.Category;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;

/** Writes threads into files below threadpost.files.directory. */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "files",
        title = "Files",
        syntax = "files:format",
        category = Category.FILE,
        producerOnly = true,
        remote = false)
public class FilesEndpoint extends DefaultEndpoint {
    private final WriteFiles files;

    /** What a file holds: json, one thread; ndjson, one thread a line; csv, one thread a row. */
    @UriPath(enums = "json,ndjson,csv")
    @Metadata(required = true)
    private String format;

    /**
     * The folder below threadpost.files.directory, with simple expressions, evaluated for each thread. Default: the day
     * of the thread, unless name is set.
     */
    @UriParam
    private String folder;

    /**
     * The name of a file, with simple expressions; threads of the same name share a file. ${variable.day} is the day of
     * the cron, or of the thread. Default: a name derived from the content.
     */
    @UriParam
    private String name;

    /** csv: columns, separated by commas, each optionally with a heading, such as Guest=OriginalSender. */
    @UriParam(defaultValue = "Id,OriginalSender,Subject,CreatedUtc,UpdatedUtc,IsResolved")
    private String columns;

    /** csv: one character, or comma, semicolon or tab. */
    @UriParam(defaultValue = "comma")
    private String separator;

    /** csv: the charset, such as windows-1250; UTF-8-BOM begins the file with the mark that Excel expects. */
    @UriParam(defaultValue = "UTF-8")
    private String charset;

    /** The time zone of ${variable.day}, such as Europe/Prague. */
    @UriParam(defaultValue = "UTC")
    private String zone;

    FilesEndpoint(String uri, Component component, WriteFiles files) {
        super(uri, component);
        this.files = files;
    }

    @Override
    public Producer createProducer() {
        return new FilesProducer(this, options(), files);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException("files: is a target; a route cannot read from it");
    }

    /** @throws IllegalArgumentException if an option is invalid, in one line for people */
    FilesOptions options() {
        return new FilesOptions(
                FilesOptions.Format.of(format),
                template("folder", folder),
                template("name", name),
                new CsvTable(CsvTable.columns(text(columns)), FilesOptions.separator(text(separator))),
                FilesOptions.charset(text(charset)),
                FilesOptions.marked(text(charset)),
                FilesOptions.zone(text(zone)));
    }

    private PathTemplate template(String option, String value) {
        return text(value).isEmpty() ? null : new PathTemplate(option, text(value), getCamelContext());
    }

    private static String text(String value) {
        return value == null ? "" : value.strip();
    }

    public String getFormat() {
        return format;
    }

    public void setFormat(String format) {
        this.format = format;
    }

    public String getFolder() {
        return folder;
    }

    public void setFolder(String folder) {
        this.folder = folder;
    }

    public String getName() {
        return name;
    }

    public void setName(String name) {
        this.name = name;
    }

    public String getColumns() {
        return columns;
    }

    public void setColumns(String columns) {
        this.columns = columns;
    }

    public String getSeparator() {
        return separator;
    }

    public void setSeparator(String separator) {
        this.separator = separator;
    }

    public String getCharset() {
        return charset;
    }

    public void setCharset(String charset) {
        this.charset = charset;
    }

    public String getZone() {
        return zone;
    }

    public void setZone(String zone) {
        this.zone = zone;
    }
}
