package io.threadpost;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.threadpost.settings.TargetSystem;

/** The files of this project, as tests look at them. */
public final class Sources {
    public static final Path MAIN = Path.of("src/main/java/io/threadpost");

    private static final Path SANDBOX = Path.of("src/sandbox/java/io/threadpost/sandbox");

    private static final Pattern SETTING = Pattern.compile("(?m)^#?(threadpost\\.[^=\\s]+)=(.*)$");
    private static final Pattern NAMED = Pattern.compile("@Named\\(\"(\\w+)\"\\)");

    private Sources() {}

    /** The folder of a package, such as {@code mail.mime}; the root package for "". */
    public static Path room(String name) {
        return name.equals("sandbox") ? SANDBOX : MAIN.resolve(name.replace('.', '/'));
    }

    /** All regular files below a folder, sorted. */
    public static List<Path> below(String folder) {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Every setting with its default, from the file that people edit, which SettingsFileTest keeps the same as the
     * catalogue; and what routes are told about targets.
     */
    public static Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        SETTING.matcher(text(Path.of("application.properties")))
                .results()
                .forEach(line -> settings.put(line.group(1), line.group(2)));
        for (TargetSystem targetSystem : TargetSystem.values()) {
            settings.put(targetSystem.onKey(), "false");
        }
        settings.put("threadpost.mail.on", "false");
        settings.put("threadpost.queue.inbound.on", "false");
        return settings;
    }

    /** All code but that of tests, as one text. */
    public static String code() {
        return Stream.of(MAIN, SANDBOX)
                .flatMap(folder -> below(folder.toString()).stream())
                .map(Sources::text)
                .collect(Collectors.joining("\n"));
    }

    /**
     * The beans that routes can name, each with its source: of several in one file, from its name to the next one's.
     */
    public static Map<String, String> beans() {
        Map<String, String> beans = new TreeMap<>();
        for (Path file : below(MAIN.toString())) {
            String source = text(file);
            List<MatchResult> named = NAMED.matcher(source).results().toList();
            for (int i = 0; i < named.size(); i++) {
                int end = i + 1 < named.size() ? named.get(i + 1).start() : source.length();
                beans.put(
                        named.get(i).group(1),
                        named.size() == 1
                                ? source
                                : source.substring(named.get(i).start(), end));
            }
        }
        return beans;
    }

    /** Whether a bean's source is that of a {@code Processor}, a class or what a method produces. */
    public static boolean isProcessor(String name, String source) {
        return source.contains("implements Processor") || source.contains(" Processor " + name + "()");
    }

    /** Whether a bean's source is that of an {@code AggregationStrategy}, a class or what a method produces. */
    public static boolean isAggregationStrategy(String name, String source) {
        return source.contains("implements AggregationStrategy")
                || source.contains(" AggregationStrategy " + name + "()");
    }

    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
