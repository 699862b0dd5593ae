package io.threadpost.routecheck;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The folder of route files: the names and contents of those in it. A file's name alone decides whether it is a route
 * file.
 */
public final class RouteFolder {
    /** Bytes; larger files are not read. */
    public static final int LARGEST = YamlReader.LARGEST;

    private static final Pattern ROUTES = Pattern.compile("[^.#].*\\.(camel|kamelet)\\.yaml");
    private static final Pattern EDITORS =
            Pattern.compile("[.#].*|.*(~|\\.sw.|\\.(tmp|temp|bak|orig|old|part|new|disabled|off))");
    private static final Pattern STRANGE =
            Pattern.compile("(?i).*\\.(yaml|yml|xml|java|groovy|kts?)|.*\\.(camel|kamelet)(\\..*)?");
    private static final Pattern YAML = Pattern.compile("(?i).*\\.ya?ml.*");
    private static final Pattern ENDS = Pattern.compile("(?i)(\\.(camel|kamelet))?\\.[a-z]+\\s*$|\\.(camel|kamelet)$");

    private final Path folder;

    /** The source of a file, or else why it cannot be read. */
    public record Content(Optional<RouteSource> source, Optional<RouteFinding> finding) {}

    /** @param folder may not exist yet */
    public RouteFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * @return whether a file of this name is loaded: {@code *.camel.yaml} and {@code *.kamelet.yaml}, but no temporary
     *     file of an editor
     */
    public static boolean isRouteFile(String name) {
        return ROUTES.matcher(name).matches() && !EDITORS.matcher(name).matches();
    }

    /**
     * @return names of the route files, sorted; some may not be readable
     * @throws IOException when the folder cannot be listed
     */
    public List<String> names() throws IOException {
        return listed().stream().filter(RouteFolder::isRouteFile).toList();
    }

    /**
     * Files that look like route files and are not loaded.
     *
     * @return a warning for each, sorted by name
     * @throws IOException when the folder cannot be listed
     */
    public List<RouteFinding> misnamed() throws IOException {
        List<RouteFinding> findings = new ArrayList<>();
        for (String name : listed()) {
            if (EDITORS.matcher(name).matches() || isRouteFile(name)) {
                continue;
            }
            Path file = folder.resolve(name);
            if (STRANGE.matcher(name).matches()) {
                findings.add(notLoaded(name, "its name", advice(name)));
            } else if (Files.isDirectory(file)) {
                below(file)
                        .forEach(below -> findings.add(notLoaded(
                                name + "/" + below,
                                "its folder",
                                "route files are directly in the folder of route files: move it there")));
            }
        }
        return findings;
    }

    private static List<String> below(Path subfolder) {
        try {
            return new RouteFolder(subfolder).names();
        } catch (IOException e) {
            // Whatever is in it, nothing of it is loaded.
            return List.of();
        }
    }

    private static RouteFinding notLoaded(String name, String reason, String advice) {
        return new RouteFinding(
                RouteFinding.Severity.WARNING, name, 0, 0, "the file is not loaded, because of " + reason, advice);
    }

    private static String advice(String name) {
        String kind = name.toLowerCase(Locale.ROOT).contains(".kamelet") ? ".kamelet.yaml" : ".camel.yaml";
        String bare = name.replaceFirst("(?i)(\\.(?:camel|kamelet)\\.ya?ml)\\.[a-z]+$", "$1");
        String right = ENDS.matcher(bare).replaceFirst("") + kind;
        return YAML.matcher(name).matches() || !name.matches("(?i).*\\.(xml|java|groovy|kts?)")
                ? "rename it to " + right
                : "only routes in YAML are loaded: rewrite it as " + right;
    }

    /** Reads one file. */
    public Content read(String name) {
        Path file = folder.resolve(name);
        try {
            if (Files.isDirectory(file)) {
                return unreadable(
                        name,
                        "this is a folder",
                        "route files are directly in the folder of route files: rename or move it");
            }
            if (!Files.exists(file)) {
                return Files.exists(file, LinkOption.NOFOLLOW_LINKS)
                        ? unreadable(name, "this is a broken link", "correct or remove it")
                        : gone(name);
            }
            // Reading a pipe would block until another process writes to it.
            return Files.isRegularFile(file)
                    ? text(name, bytes(file))
                    : unreadable(name, "this is not a regular file", "remove it");
        } catch (NoSuchFileException e) {
            return gone(name);
        } catch (AccessDeniedException e) {
            return unreadable(
                    name, "the file cannot be read: permission denied", "let the user that runs the process read it");
        } catch (IOException e) {
            return unreadable(name, "the file cannot be read (" + e.getClass().getSimpleName() + ")", "check its disk");
        }
    }

    private TreeSet<String> listed() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Reads one byte more than allowed, so that a file that is too large is noticed. */
    private static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(LARGEST + 1);
        }
    }

    private static Content text(String name, byte[] bytes) {
        if (bytes.length > LARGEST) {
            return unreadable(
                    name,
                    "the file is larger than " + LARGEST / 1024 + " kB",
                    "split it, or remove what is not a route");
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            return new Content(
                    Optional.of(new RouteSource(name, decoder.decode(in).toString())), Optional.empty());
        } catch (CharacterCodingException e) {
            String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
            int line = 1 + (int) before.chars().filter(c -> c == '\n').count();
            int column = before.length() - before.lastIndexOf('\n');
            return new Content(
                    Optional.empty(),
                    Optional.of(new RouteFinding(
                            RouteFinding.Severity.ERROR,
                            name,
                            line,
                            column,
                            "this is not UTF-8",
                            "save the file as UTF-8 text")));
        }
    }

    private static Content gone(String name) {
        return unreadable(name, "the file does not exist", "restore it");
    }

    private static Content unreadable(String name, String problem, String advice) {
        return new Content(
                Optional.empty(),
                Optional.of(new RouteFinding(RouteFinding.Severity.ERROR, name, 0, 0, problem, advice)));
    }
}
