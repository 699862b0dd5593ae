package io.threadpost.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used; its message has a line for every problem. */
public final class InvalidSettings extends IllegalStateException {
    private final transient List<SettingProblem> problems;

    InvalidSettings(List<SettingProblem> problems) {
        super(problems.stream().map(SettingProblem::line).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    /** All of them, in the order of the catalogue. */
    public List<SettingProblem> problems() {
        return problems;
    }
}
