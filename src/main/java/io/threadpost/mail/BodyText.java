package io.threadpost.mail;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The text of a mail, put together from its parts as they come: of alternatives the plain one, of all else everything.
 * It is kept up to a limit.
 */
final class BodyText {
    private final int most;
    private final Deque<Group> open = new ArrayDeque<>();

    /** @param most characters that are kept of each part and of all together; of alternatives, of each */
    BodyText(int most) {
        this.most = most;
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

    /** @return whether a text that comes next would be kept */
    boolean wants(boolean plain) {
        return open.stream().noneMatch(group -> group.full(most, plain));
    }

    void add(String text, boolean plain) {
        String stripped = text.strip();
        // A copy: a part of a text would keep all of it in memory.
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
