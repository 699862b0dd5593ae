package io.threadpost.mail.mime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Collects the text of a mail from its parts as they come: the plain one of alternatives, and all other parts, up to a
 * limit.
 */
final class BodyText {
    private final int most;
    private final Deque<Group> open = new ArrayDeque<>();

    /** @param most the limit in characters for each part and for all together; for each of alternatives */
    BodyText(int most) {
        this.most = most;
        open.push(new Group(false, new ArrayList<>()));
    }

    /** @param alternative whether the parts that follow are alternatives */
    void begin(boolean alternative) {
        open.push(new Group(alternative, new ArrayList<>()));
    }

    void end() {
        Group ended = open.pop();
        open.element().texts().add(ended.text());
    }

    /** @return whether a text that comes next would be kept */
    boolean wants(boolean plain) {
        return open.stream().noneMatch(group -> group.full(most, plain));
    }

    void add(String text, boolean plain) {
        String stripped = text.strip();
        // A copy: a substring may keep the whole text in memory.
        String kept = stripped.length() <= most ? stripped : new String(stripped.toCharArray(), 0, most);
        open.element().texts().add(new Text(kept, plain));
    }

    String text() {
        while (open.size() > 1) {
            end();
        }
        return open.element().text().text();
    }

    private record Text(String text, boolean plain) {}

    private record Group(boolean alternative, List<Text> texts) {
        boolean full(int most, boolean plain) {
            if (alternative) {
                // One of each kind is enough.
                return texts.stream()
                        .anyMatch(
                                text -> (text.plain() || !plain) && !text.text().isEmpty());
            }
            return texts.stream().mapToInt(text -> text.text().length()).sum() >= most;
        }

        Text text() {
            List<Text> filled =
                    texts.stream().filter(text -> !text.text().isEmpty()).toList();
            if (alternative && !filled.isEmpty()) {
                return filled.stream().filter(Text::plain).findFirst().orElse(filled.get(0));
            }
            return new Text(
                    filled.stream().map(Text::text).collect(Collectors.joining("\n\n")),
                    filled.stream().allMatch(Text::plain));
        }
    }
}
