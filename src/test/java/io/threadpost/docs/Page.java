package io.threadpost.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.threadpost.Sources;

/** A page in Markdown. */
public record Page(String text) {
    private static final Pattern HEADING = Pattern.compile("(?m)^##+ (.*)$");
    private static final Pattern ROUTES =
            Pattern.compile("(?s)`routes/([a-z-]+\\.(?:camel|kamelet)\\.yaml)`[^`\\n]*:\\n\\n```yaml\\n(.*?)```");
    private static final Pattern SETTING = Pattern.compile("(?m)^([a-z.-]+)=(.*)$");
    private static final Pattern SETTINGS = Pattern.compile("(?s)```properties\\n(.*?)```");

    /**
     * A route file that is shown.
     *
     * @param section the heading it stands under
     * @param file its name in the folder of route files
     */
    public record Example(String section, String file, String yaml) {
        @Override
        public String toString() {
            return section + ": " + file;
        }
    }

    public static Page of(String file) {
        return new Page(Sources.text(Path.of(file)));
    }

    boolean has(String heading) {
        return headings().contains(heading);
    }

    /** @return all headings below the title, in their order */
    public List<String> headings() {
        return HEADING.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** @return the text between this heading and the next */
    String section(String heading) {
        Matcher matcher = HEADING.matcher(text);
        while (matcher.find()) {
            if (matcher.group(1).equals(heading)) {
                int begin = matcher.end();
                return text.substring(begin, matcher.find() ? matcher.start() : text.length());
            }
        }
        throw new IllegalArgumentException("no section " + heading);
    }

    /** @return all route files of the page, in its order */
    public List<Example> examples() {
        List<Example> examples = new ArrayList<>();
        for (Matcher heading = HEADING.matcher(text); heading.find(); ) {
            String section = heading.group(1);
            ROUTES.matcher(section(section))
                    .results()
                    .forEach(found -> examples.add(new Example(section, found.group(1), found.group(2))));
        }
        return examples;
    }

    Example example(String section, String file) {
        return examples().stream()
                .filter(example ->
                        example.section().equals(section) && example.file().equals(file))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(section + ": " + file));
    }

    /** @return settings of one's own that the page makes up */
    public Map<String, String> settings() {
        Map<String, String> settings = new TreeMap<>();
        SETTINGS.matcher(text)
                .results()
                .flatMap(block -> SETTING.matcher(block.group(1)).results())
                .forEach(setting -> settings.put(setting.group(1), setting.group(2)));
        return settings;
    }
}
