package io.threadpost;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.routecheck.Finding;
import io.threadpost.settings.Problem;

/**
 * What {@code check --json} prints. A problem with the settings has the file's name and line where it was made in the file; {@code key}
 * names the setting.
 *
 * @param routes the folder of the route files, as the settings name it
 */
record CheckAsJson(boolean good, List<Problem> problems, List<Finding> findings, Path routes) {
    private static final Pattern IN_FILE = Pattern.compile("(.+):(\\d+)");

    String text() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("ok", good);
        ArrayNode list = result.putArray("findings");
        problems.forEach(problem -> problem(problem, list.addObject()));
        findings.forEach(finding -> finding(finding, list.addObject()));
        return result.toString();
    }

    private static void problem(Problem problem, ObjectNode json) {
        Matcher place = IN_FILE.matcher(problem.place());
        boolean inFile = place.matches();
        String[] words = problem.what().split("; ", 2);
        json.put("severity", problem.missing() ? "warning" : "error");
        json.put("file", inFile ? place.group(1) : "application.properties");
        json.put("line", inFile ? Integer.parseInt(place.group(2)) : 0);
        json.put("column", 0);
        json.put("key", problem.key());
        json.put("problem", inFile || problem.place().isEmpty() ? words[0] : problem.place() + ": " + words[0]);
        json.put("advice", words.length > 1 ? words[1] : "");
    }

    private void finding(Finding finding, ObjectNode json) {
        json.put("severity", finding.severity().name().toLowerCase(Locale.ROOT));
        json.put("file", routes.resolve(finding.file()).toString());
        json.put("line", finding.line());
        json.put("column", finding.column());
        json.put("problem", finding.problem());
        json.put("advice", finding.advice());
    }
}
