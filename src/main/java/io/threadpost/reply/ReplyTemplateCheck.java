package io.threadpost.reply;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.threadpost.digest.Templates;
import io.threadpost.settings.SettingProblem;

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

    private final Templates templates;

    /** @param folder of custom templates; it may be missing */
    public ReplyTemplateCheck(Path folder) {
        this.templates = new Templates(folder);
    }

    /** @return the problems of the folder's templates of replies, ordered by file name */
    public List<SettingProblem> problems() {
        return templates.problems(name -> name.startsWith("reply"), name -> templates.render(name, REPLY.data(SAMPLE)));
    }

    /** @throws IllegalArgumentException when a reply cannot be rendered, in one line for people */
    static void run(ReplyOptions options, Templates templates) {
        REPLY.compose(options, templates, "<sample@hotel.example>", options.answerAddress("token"));
    }
}
