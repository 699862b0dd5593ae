package io.threadpost.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.threadpost.testing.RawRequest;

/**
 * Lines with curl as pages show them, sent as they stand there.
 *
 * @param main in place of the address that is shown
 * @param id in place of the number that is shown
 */
record CurlLine(URI main, String id) {
    static final String SHOWN = "http://127.0.0.1:8080";

    private static final String SHOWN_ID = "\\b17\\b";
    private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");
    private static final Pattern FIELDS = Pattern.compile("(?m)^\\| ((?:`[a-zA-Z]+`(?:, )?)+) \\|");

    /** Reads the line as a shell and curl would. */
    RawRequest.Answer send(String curl) {
        List<String> words = new ArrayList<>();
        for (Matcher word = WORD.matcher(curl); word.find(); ) {
            words.add(Stream.of(word.group(1), word.group(2), word.group(3))
                    .filter(part -> part != null)
                    .findFirst()
                    .orElseThrow()
                    .replaceAll(SHOWN_ID, id));
        }
        RawRequest request = RawRequest.to(main);
        String method = "GET";
        String body = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-s" -> {}
                case "-o" -> i++;
                case "-X" -> method = words.get(++i);
                case "-H" -> request.header(words.get(++i));
                case "-d" -> body = words.get(++i);
                default -> assertThat(words.get(i)).startsWith(SHOWN);
            }
        }
        return request.send(method, words.get(words.size() - 1).substring(SHOWN.length()), body);
    }

    /** @return the fields that a section's table lists */
    static Set<String> listed(String section) {
        return FIELDS.matcher(section)
                .results()
                .flatMap(row -> Stream.of(row.group(1).split(", ")))
                .map(word -> word.replace("`", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** @return those of an object */
    static Set<String> fields(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
