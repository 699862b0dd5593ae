package io.threadpost.digest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.quarkus.qute.Engine;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.Template;
import io.quarkus.qute.TemplateException;
import io.quarkus.qute.Variant;

import io.threadpost.settings.SettingProblem;

/** Qute templates: a file of the templates' folder, or else the packaged one. Read at each use. */
public final class Templates {
    private static final String HTML = "text/html";
    /** A file that has not changed for this time is complete. */
    private static final long STILL_MILLIS = 500;

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Path folder;

    /** @param folder of custom templates; it may be missing */
    public Templates(Path folder) {
        this.folder = folder;
    }

    /**
     * @param name of the file, such as {@code digest.html}; its extension decides whether values are escaped
     * @param data maps, lists and texts
     * @return the rendered text; never blank when there are threads
     * @throws BrokenTemplateException with file and line
     */
    public String render(String name, Map<String, Object> data) {
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

    /**
     * Renders the folder's custom templates with samples, so that a broken one is reported before it is needed.
     *
     * @param selected whether a template, by the name of its file, is one of those
     * @param rendering renders the template of that file
     * @return the problems, ordered by file name
     */
    public List<SettingProblem> problems(Predicate<String> selected, Consumer<String> rendering) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<SettingProblem> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".html") || name.endsWith(".txt"))
                    .filter(selected)
                    .sorted()
                    .toList();
            for (String name : names) {
                try {
                    rendering.accept(name);
                } catch (BrokenTemplateException e) {
                    problems.add(new SettingProblem(e.place(), "", e.what() + "; fix the template", false));
                }
            }
        } catch (IOException e) {
            problems.add(
                    new SettingProblem(folder.toString(), "", "cannot be read; give its rights to this user", false));
        }
        return problems;
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
