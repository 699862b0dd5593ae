package io.threadpost.routefiles;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.FileOutline;

/**
 * Dependencies between files: one that uses a template, a kamelet, a bean or a route configuration of another is loaded
 * again with it, and after it; one that takes over a route of another is swapped together with it.
 *
 * @param versions that run and that shall run; the same file may be among them twice
 */
public record FileDependencies(Collection<CheckedFile> versions) {

    /** @return the changed files with those connected to them, in groups that are independent of each other */
    List<Set<String>> groups(Set<String> changed) {
        List<Set<String>> groups = new ArrayList<>();
        for (String name : changed) {
            Set<String> group = connected(name);
            List<Set<String>> overlapping = groups.stream()
                    .filter(other -> !Collections.disjoint(other, group))
                    .toList();
            groups.removeAll(overlapping);
            overlapping.forEach(group::addAll);
            groups.add(group);
        }
        return groups;
    }

    /** @return the file and all that are connected to it, directly or not */
    private Set<String> connected(String name) {
        Set<String> connected = new TreeSet<>(Set.of(name));
        boolean more = true;
        while (more) {
            more = connected.addAll(versions.stream()
                    .filter(file -> versions.stream()
                            .filter(other -> connected.contains(other.source().name()))
                            .anyMatch(
                                    other -> uses(file, other) || takesOver(file, other) || shareKamelet(file, other)))
                    .map(file -> file.source().name())
                    .toList());
        }
        return connected;
    }

    /** @return the files in an order in which each comes after those that it uses, as far as there is one */
    public static List<CheckedFile> inOrder(Collection<CheckedFile> files) {
        List<CheckedFile> left = new ArrayList<>(files);
        List<CheckedFile> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            CheckedFile next = left.stream()
                    .filter(file -> left.stream().noneMatch(other -> other != file && uses(file, other)))
                    .findFirst()
                    .orElse(left.get(0));
            left.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    private static boolean uses(CheckedFile user, CheckedFile used) {
        if (user.source().name().equals(used.source().name())) {
            return false;
        }
        FileOutline brings = used.outline();
        return brings.configurations().stream()
                        .anyMatch(configuration -> configuration.name().isEmpty())
                || Stream.concat(
                                brings.templates().stream().map(FileOutline.Template::id),
                                Stream.of(brings.beans(), brings.kamelets(), brings.configurations())
                                        .flatMap(List::stream))
                        .anyMatch(name -> mentions(user, name.name()))
                || !brings.configurations().isEmpty()
                        && user.outline().words().stream()
                                .anyMatch(word -> word.name().endsWith("*"));
    }

    /** A route that moves between files has to be removed with the one before it is loaded with the other. */
    private static boolean takesOver(CheckedFile file, CheckedFile other) {
        return overlap(file.outline().routes(), other.outline().routes())
                || overlap(file.outline().from(), other.outline().from());
    }

    /** Camel makes one route for all callers of a kamelet. */
    private boolean shareKamelet(CheckedFile file, CheckedFile other) {
        return versions.stream()
                .flatMap(version -> version.outline().kamelets().stream())
                .anyMatch(kamelet -> mentions(file, kamelet.name()) && mentions(other, kamelet.name()));
    }

    private static boolean overlap(List<FileOutline.Name> some, List<FileOutline.Name> others) {
        return some.stream()
                .anyMatch(name -> others.stream().anyMatch(other -> other.name().equals(name.name())));
    }

    private static boolean mentions(CheckedFile file, String name) {
        Pattern word = Pattern.compile("(?<![\\w-])" + Pattern.quote(name) + "(?![\\w-])");
        return Stream.concat(file.outline().words().stream(), file.outline().keys().stream())
                .anyMatch(text -> word.matcher(text.name()).find());
    }

    /** @return the dependencies of the versions before and after a change */
    static FileDependencies between(Map<String, CheckedFile> before, Map<String, CheckedFile> after) {
        return new FileDependencies(Stream.concat(before.values().stream(), after.values().stream())
                .distinct()
                .toList());
    }
}
