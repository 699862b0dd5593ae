package io.threadpost.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.routecheck.RouteFinding;
import io.threadpost.settings.SettingProblem;

/**
 * What {@code check --json} prints. A problem with the settings has the file's name and line where it was made in the
 * file; {@code key} names the setting.
 *
 * @param routes the folder of the route files, as the settings name it
 */
record CheckAsJson(boolean good, List<SettingProblem> problems, List<RouteFinding> findings, Path routes) {
    private static final Pattern IN_FILE = Pattern.compile("(.+):(\\d+)");

    String text() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        result.put("ok", good);
        ArrayNode list = result.putArray("findings");
        problems.forEach(settingProblem -> problem(settingProblem, list.addObject()));
        findings.forEach(routeFinding -> finding(routeFinding, list.addObject()));
        return result.toString();
    }

    private static void problem(SettingProblem settingProblem, ObjectNode json) {
        Matcher place = IN_FILE.matcher(settingProblem.place());
        boolean inFile = place.matches();
        String[] words = settingProblem.what().split("; ", 2);
        json.put("severity", settingProblem.warning() ? "warning" : "error");
        json.put("file", inFile ? place.group(1) : "application.properties");
        json.put("line", inFile ? Integer.parseInt(place.group(2)) : 0);
        json.put("column", 0);
        json.put("key", settingProblem.key());
        json.put(
                "problem",
                inFile || settingProblem.place().isEmpty() ? words[0] : settingProblem.place() + ": " + words[0]);
        json.put("advice", words.length > 1 ? words[1] : "");
    }

    private void finding(RouteFinding routeFinding, ObjectNode json) {
        json.put("severity", routeFinding.severity().name().toLowerCase(Locale.ROOT));
        json.put("file", routes.resolve(routeFinding.file()).toString());
        json.put("line", routeFinding.line());
        json.put("column", routeFinding.column());
        json.put("problem", routeFinding.problem());
        json.put("advice", routeFinding.advice());
    }
}
