package io.threadpost.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways in which people, editors and disks break a route file, done to a file that is good. The same file gives the
 * same edits.
 */
public final class BrokenEdits {
    private static final int WANTED = 100;

    /** Steps that are wrong in one way each. */
    private static final List<String> STEPS = List.of(
            "- tooo: direct:get-threads",
            "- to: dirct:get-threads",
            "- to: direct",
            "- to: timer:never",
            "- to: windows:open",
            "- to: spool:Not_A_Name",
            "- to: \"log:x?levle=INFO\"",
            "- to: \"log:x?level=LOUD\"",
            "- to: {uri: log:x, parameters: {groupSize: some}}",
            "- to: {uri: log:x, parametres: {groupSize: 5}}",
            "- to: {url: log:x}",
            "- to: [log:x]",
            "- to: {uri: log:x, parameters: [a]}",
            "- to: \"{{threadpost.no.such.setting}}\"",
            "- to: \"log:{{threadpost.pull.period\"",
            "- to: {uri: \"http://localhost/x\", parameters: {authPassword: hunter22}}",
            "- to: \"http://me:hunter22@localhost/x\"",
            "- toD: \"direct:${hedder.x}\"",
            "- log: \"${body\"",
            "- log: \"${boddy}\"",
            "- log: {message: hello, loggingLevel: LOUD}",
            "- log: {massage: hello}",
            "- setBody: {groovy: \"1 + 1\"}",
            "- setBody: {csimple: \"${body}\"}",
            "- setBody: {simpel: \"${body}\"}",
            "- setBody: {simple: a, constant: b}",
            "- setBody: {language: {language: joor, expression: x}}",
            "- setBody: {}",
            "- setHeader: {constant: a}",
            "- setHeader: {name: Authorization, constant: Bearer hunter22}",
            "- filter: {simple: \"${body} = 5\", steps: [{log: x}]}",
            "- filter: {simple: \"${body} == 5\"}",
            "- split: {steps: [{log: x}]}",
            "- process: {}",
            "- process: {ref: noSuchStep}",
            "- process: {ref: writeFile}",
            "- bean: noSuchBean",
            "- marshal: {csv: {}}",
            "- marshal: {}",
            "- circuitBreaker: {steps: [{log: x}]}",
            "- choice: {when: [{steps: [{log: x}]}]}",
            "- stop: now",
            "- delay: {constant: 5, asyncDelayed: perhaps}",
            "- log",
            "- 17",
            "- []",
            "- {}",
            "-",
            "- {log: a, stop: {}}",
            "- log: &anchor hello",
            "- log: *alias",
            "- log: \"hello",
            "- log: [hello",
            "-\tlog: hello",
            "- log: hello: world",
            "- log: @hello");

    /**
     * A good file after the edit.
     *
     * @param name what was done
     * @param text the whole file
     * @param line where somebody would have to look, counted from 1; 0 for the file as a whole
     */
    public record Edit(String name, String text, int line) {
        @Override
        public String toString() {
            return name;
        }
    }

    private final String text;
    private final List<String> lines;

    private BrokenEdits(String text) {
        this.text = text;
        this.lines = text.lines().toList();
    }

    /** A hundred of them, none of which leaves the file good. */
    public static List<Edit> of(String text) {
        BrokenEdits edits = new BrokenEdits(text);
        List<Edit> all = new ArrayList<>(edits.ofTheWhole());
        all.addAll(edits.ofSteps());
        List<Edit> lines = edits.ofLines();
        int wanted = Math.min(WANTED - all.size(), lines.size());
        for (int i = 0; i < wanted; i++) {
            all.add(lines.get((int) ((long) i * lines.size() / wanted)));
        }
        return List.copyOf(all);
    }

    private List<Edit> ofTheWhole() {
        int last = lines.size();
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\n"
                + "c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c]\n";
        return List.of(
                new Edit("empty", "", 1),
                new Edit("blank", "\n\n\n", 1),
                new Edit("a comment alone", "# nothing here\n", 1),
                new Edit("prose", "Hello, this is a letter.\n", 1),
                new Edit("ten megabytes", text + ("# " + "x".repeat(97) + "\n").repeat(100_000), 0),
                new Edit("a program", "\u007fELF\u0002\u0001\u0001\u0000\u0000\u0000" + text, 1),
                new Edit("zeros, as after a power cut", "\u0000".repeat(4096), 1),
                new Edit("alias bomb", bomb, 1),
                new Edit("deep as a well", text + "- " + "[".repeat(5_000), last + 1),
                new Edit("JSON of something else", "{\"name\": \"threadpost\"}\n", 1),
                new Edit("XML", "<routes><route id=\"a\"/></routes>\n", 1),
                new Edit("twice the same", text + text, last + idLine()),
                new Edit("a second document", text + "---\n" + text, last + 1),
                new Edit("a merge conflict", text + "<<<<<<< HEAD\n", last + 1),
                new Edit("the top level is no list", text.replaceAll("(?m)^- ", "  "), secondRoute()),
                new Edit("half a file", String.join("\n", lines.subList(0, stepsLine())), stepsLine()));
    }

    private List<Edit> ofSteps() {
        int at = stepsLine();
        String indent = " ".repeat(lines.get(at - 1).indexOf("steps:") + 2);
        return STEPS.stream()
                .map(step -> {
                    List<String> edited = new ArrayList<>(lines);
                    edited.add(at, indent + step);
                    return new Edit("step " + step, String.join("\n", edited) + "\n", at + 1);
                })
                .toList();
    }

    private List<Edit> ofLines() {
        List<Edit> edits = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            String key = line.strip().replaceFirst("^- ", "").replaceFirst(":.*", "");
            String value = line.contains(": ") ? line.substring(line.indexOf(": ") + 2) : "";
            edits.add(edit("misspelt " + key, i, line.replaceFirst(key + ":", key + "xx:")));
            edits.add(edit("a tab before " + key, i, "\t" + line.strip()));
            edits.add(edit("a control character behind " + key, i, line + "\u0007"));
            if (!value.isEmpty()) {
                // Without its key an expression is the short form of one: a good text, though not the one that was
                // meant.
                if (!key.equals("expression")) {
                    edits.add(edit("no colon behind " + key, i, line.replaceFirst(":", "")));
                }
                edits.add(edit(
                        "an open quote behind " + key,
                        i,
                        line.replace(
                                ": " + value, ": 'x" + value.replace("'", "").replace("\"", ""))));
                edits.add(edit("an open bracket behind " + key, i, line.replace(": " + value, ": {a: [")));
                edits.add(edit("a list behind " + key, i, line.replace(": " + value, ": [a, b]")));
                edits.add(new Edit(
                        "twice " + key + " in line " + (i + 1),
                        with(i, line + "\n" + line.replaceFirst("- ", "  ")),
                        i + 2));
            }
            if (key.equals("uri")) {
                edits.add(edit("no uri", i, line.replace(": " + value, ":")));
                edits.add(edit("another component", i, line.replace(": ", ": x")));
                edits.add(edit("an unknown option", i, line.replace(": " + value, ": \"" + value + "?nonsense=1\"")));
            }
            if (key.equals("ref") || key.equals("aggregationStrategy")) {
                edits.add(edit("an unknown step", i, line.replace(": " + value, ": " + value + "s2")));
            }
        }
        return edits;
    }

    private Edit edit(String name, int index, String line) {
        return new Edit(name + " in line " + (index + 1), with(index, line), index + 1);
    }

    private String with(int index, String line) {
        return Stream.of(lines.subList(0, index), List.of(line), lines.subList(index + 1, lines.size()))
                        .flatMap(List::stream)
                        .reduce((a, b) -> a + "\n" + b)
                        .orElseThrow()
                + "\n";
    }

    private int stepsLine() {
        return 1 + find(0, " *steps:");
    }

    private int idLine() {
        return 1 + find(0, " *id: .*");
    }

    /** @return the line of the second route; the first line when there is none */
    private int secondRoute() {
        // Not found is -1, and then it is the first line.
        return lines.subList(1, lines.size()).indexOf("- route:") + 2;
    }

    private int find(int from, String pattern) {
        int index = from;
        while (!lines.get(index).matches(pattern)) {
            index++;
        }
        return index;
    }
}
