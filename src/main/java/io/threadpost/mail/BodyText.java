package io.threadpost.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/** The text of a mail, put together from its parts as they come: of alternatives the plain one, of all else everything. */
final class BodyText {
    private final Deque<Group> open = new ArrayDeque<>();

    BodyText() {
        open.push(new Group(false, new ArrayList<>()));
    }

    /** @param alternative whether what follows says the same in several ways */
    void begin(boolean alternative) {
        open.push(new Group(alternative, new ArrayList<>()));
    }

    void end() {
        Group ended = open.pop();
        open.element().texts().add(ended.text());
    }

    void add(String text, boolean plain) {
        open.element().texts().add(new Text(text.strip(), plain));
    }

    /** @return how many parts are open */
    int depth() {
        return open.size();
    }

    String text() {
        while (open.size() > 1) {
            end();
        }
        return open.element().text().text();
    }

    private record Text(String text, boolean plain) {}

    private record Group(boolean alternative, List<Text> texts) {
        Text text() {
            List<Text> said =
                    texts.stream().filter(text -> !text.text().isEmpty()).toList();
            if (alternative && !said.isEmpty()) {
                return said.stream().filter(Text::plain).findFirst().orElse(said.get(0));
            }
            return new Text(
                    said.stream().map(Text::text).collect(Collectors.joining("\n\n")),
                    said.stream().allMatch(Text::plain));
        }
    }
}
