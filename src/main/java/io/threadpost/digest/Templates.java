package io.threadpost.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.Variant;

/** Qute templates: a file of the templates' folder, or else the packaged one. Read at each use. */
final class Templates {
    private static final String HTML = "text/html";
    /** A file that has not changed for so long is complete. */
    private static final long STILL_MILLIS = 500;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path folder;

    Templates(Path folder) {
        this.folder = folder;
    }

    /**
     * @param name of the file, such as {@code digest.html}; its extension decides whether values are escaped
     * @param data maps, lists and texts
     * @return the rendered text; never blank when there are threads
     * @throws BrokenTemplateException with file and line
     */
    String render(String name, Map<String, Object> data) {
        Path file = folder.resolve(name);
        String text = text(file, name);
        try {
            String rendered = template(text, name).data(data).render();
            boolean noThreads = Integer.valueOf(0).equals(data.get("count"));
            if (rendered.isBlank() && !noThreads) {
                throw new BrokenTemplateException(file.toString(), "it renders an empty mail", null);
            }
            return rendered;
        } catch (TemplateException e) {
            TemplateException positioned = positioned(e);
            int line =
                    positioned.getOrigin() == null ? 0 : positioned.getOrigin().getLine();
            throw new BrokenTemplateException(
                    file + (line > 0 ? ":" + line : ""), first(positioned.getMessage()), positioned);
        }
    }

    /** @return the exception of the chain that has the position */
    private static TemplateException positioned(TemplateException failure) {
        TemplateException positioned = failure;
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TemplateException template
                    && (positioned.getOrigin() == null || positioned.getMessage() == null)) {
                positioned = template;
            }
        }
        return positioned;
    }

    private static Template template(String text, String name) {
        Engine engine = Engine.builder()
                .addDefaults()
                .addResultMapper(new HtmlEscaper(List.of(HTML)))
                .strictRendering(true)
                .build();
        String type = name.endsWith(".html") ? HTML : Variant.TEXT_PLAIN;
        return engine.parse(text, new Variant(null, StandardCharsets.UTF_8, type), name);
    }

    private static String text(Path file, String name) {
        try {
            awaitWritten(file);
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return packaged(file, name);
        } catch (IOException e) {
            throw new BrokenTemplateException(file.toString(), "it cannot be read as UTF-8: " + e, e);
        }
    }

    /** Half of a template is often valid, too. */
    private static void awaitWritten(Path file) throws IOException {
        long age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
        for (long end = System.nanoTime() + LONGEST_NANOS;
                age >= 0 && age < STILL_MILLIS && System.nanoTime() < end;
                age = System.currentTimeMillis()
                        - Files.getLastModifiedTime(file).toMillis()) {
            try {
                Thread.sleep(STILL_MILLIS - age);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static String packaged(Path file, String name) {
        try (InputStream in = Templates.class.getResourceAsStream("/templates/" + name)) {
            if (in == null) {
                throw new BrokenTemplateException(file.toString(), "it does not exist", null);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new BrokenTemplateException(file.toString(), "it cannot be read: " + e, e);
        }
    }

    private static String first(String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
