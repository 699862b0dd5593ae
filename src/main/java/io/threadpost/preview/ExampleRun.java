package io.threadpost.preview;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs the examples of a folder. */
public final class ExampleRun {
    /** Begins behind the example's place what is the same for each example with the same settings. */
    public static final String UNLOADABLE = ": the routes cannot be loaded\n    ";

    private final PreviewFolder folder;

    public ExampleRun(PreviewFolder folder) {
        this.folder = folder;
    }

    /**
     * The outcome of one example.
     *
     * @param name of the file, relative to the folder
     * @param problems what differs or is wrong, a block of lines each; the first line begins with file and line
     * @param millis how long it took
     */
    public record Outcome(String name, String description, List<String> problems, long millis) {
        public boolean passed() {
            return problems.isEmpty();
        }
    }

    /**
     * Runs all of them, sorted by name.
     *
     * @param examples the folder with {@code *.yaml}, in subfolders, too
     * @throws IOException when it cannot be read
     */
    public List<Outcome> run(Path examples) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(examples)) {
            files = found.filter(file -> file.getFileName().toString().matches("[^.].*\\.ya?ml"))
                    .sorted()
                    .toList();
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (Path file : files) {
            String name = examples.relativize(file).toString().replace('\\', '/');
            outcomes.add(run(examples, name, file));
        }
        return outcomes;
    }

    private Outcome run(Path examples, String name, Path file) throws IOException {
        try {
            return run(examples, name, Files.readString(file));
        } catch (CharacterCodingException e) {
            String place = examples.resolve(name).toString().replace('\\', '/');
            return new Outcome(name, "", List.of(place + ":1: this is not UTF-8; save it in that encoding"), 0);
        }
    }

    /** Runs one example. */
    Outcome run(Path examples, String name, String yaml) {
        long begun = System.nanoTime();
        List<String> problems = new ArrayList<>();
        String description = "";
        String place = examples.resolve(name).toString().replace('\\', '/');
        try {
            Example example = Example.read(yaml, examples.resolve(name).getParent());
            description = example.description();
            Preview.Result result = folder.with(example.settings()).run(example.given());
            if (example.expect().isEmpty()) {
                problems.add(place + ":1: `expect` is missing; write what the example expects");
            } else {
                Expectation.differences(example.expect().get(), result)
                        .forEach(difference -> problems.add(
                                place + ":" + difference.line() + ": " + String.join("\n    ", difference.lines())));
            }
        } catch (ExampleProblem e) {
            problems.add(place + ":" + e.line() + ": " + e.getMessage());
        } catch (UnloadableRoutes e) {
            problems.add(place + UNLOADABLE + e.getMessage().replace("\n", "\n    "));
        }
        return new Outcome(name, description, problems, (System.nanoTime() - begun) / 1_000_000);
    }
}
