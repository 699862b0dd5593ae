package io.threadpost.reply;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.threadpost.digest.Templates;
import io.threadpost.settings.SettingProblem;
import io.threadpost.settings.SettingsCatalogue;

/** Renders templates of replies with a sample, so that a broken one is reported before a reply is due. */
public final class ReplyTemplateCheck {
    private static final ReplyOptions SAMPLE =
            new ReplyOptions("Hotel <hotel@hotel.example>", "", "", "", "", "", 1, false);
    private static final ReplyMail REPLY = new ReplyMail(
            "Dear guest,\n\nof course.\nSee you soon.",
            Instant.EPOCH,
            "guest@guest.example",
            "Guest",
            "Subject",
            null,
            List.of(),
            "");

    private static final String PACKAGED = "reply";

    private final Path folder;
    private final Templates templates;

    /** @param folder of custom templates; it may be missing */
    public ReplyTemplateCheck(Path folder) {
        this.folder = folder;
        this.templates = new Templates(folder);
    }

    /** @return the problems of the folder's templates of replies, ordered by file name */
    public List<SettingProblem> problems() {
        return templates.problems(name -> name.startsWith("reply"), name -> templates.render(name, REPLY.data(SAMPLE)));
    }

    /**
     * @param template the name of the templates in use
     * @return the problem that one of them does not exist, or that no template is named so
     */
    public Optional<SettingProblem> missing(String template) {
        try {
            String name = new ReplyOptions(SAMPLE.from(), "", "", "", "", template, 1, false).templateName();
            List<String> missing = name.equals(PACKAGED)
                    ? List.of()
                    : Stream.of(name + ".html", name + ".txt")
                            .filter(file -> !Files.exists(folder.resolve(file)))
                            .toList();
            return missing.isEmpty()
                    ? Optional.empty()
                    : problem("there is no " + String.join(" and no ", missing) + " in " + folder + "; create it, or"
                            + " remove this setting");
        } catch (IllegalArgumentException e) {
            return problem(e.getMessage());
        }
    }

    private static Optional<SettingProblem> problem(String what) {
        return Optional.of(new SettingProblem("", SettingsCatalogue.REPLIES_TEMPLATE.key(), what, false));
    }

    /** @throws IllegalArgumentException when a reply cannot be rendered, in one line for people */
    static void run(ReplyOptions options, Templates templates) {
        REPLY.compose(options, templates, "<sample@hotel.example>", "key", options.answerAddress("token"));
    }
}
