package io.threadpost.digest;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.threadpost.settings.SettingProblem;

/** Renders templates with samples, so that a broken one is reported before a digest is due. */
public final class TemplateCheck {
    private static final DigestOptions SAMPLE = new DigestOptions("digest", "", "", "", "", "", "", "", "", "", "");
    private static final List<ThreadRow> THREADS = List.of(
            sample("a", "main", true, null), sample("b", "main", false, true), sample("c", "other", false, false));

    /** A template whose name begins so is one of replies. */
    private static final String REPLY = "reply";

    private final Path folder;

    /** @param folder of custom templates; it may be missing */
    public TemplateCheck(Path folder) {
        this.folder = folder;
    }

    /** @return the problems of the folder's templates of digests, ordered by file name */
    public List<SettingProblem> problems() {
        Templates templates = new Templates(folder);
        return templates.problems(name -> !name.startsWith(REPLY), name -> render(templates, name, SAMPLE));
    }

    /** @throws IllegalArgumentException when the digest cannot be rendered, in one line for people */
    static void run(DigestOptions options, Templates templates) {
        options.sender();
        options.recipients();
        options.openOnly();
        options.everyVersion();
        render(templates, options.templateName() + ".txt", options);
        render(templates, options.templateName() + ".html", options);
    }

    /** An empty digest, and the second of three parts with all kinds of threads. */
    private static void render(Templates templates, String name, DigestOptions options) {
        MailTexts mailTexts = options.texts();
        templates.render(
                name, new DigestView(options, mailTexts, new DigestView.Issue(Instant.EPOCH, 1, 1)).data(List.of()));
        templates.render(
                name, new DigestView(options, mailTexts, new DigestView.Issue(Instant.EPOCH, 2, 3)).data(THREADS));
    }

    private static ThreadRow sample(String id, String connection, boolean isNew, Boolean resolved) {
        Instant updated = isNew ? Instant.EPOCH : Instant.EPOCH.plusSeconds(1);
        return new ThreadRow(
                connection,
                id,
                "guest@example.org",
                "Subject",
                Instant.EPOCH,
                Instant.EPOCH.toString(),
                updated,
                updated.toString(),
                resolved,
                isNew ? "3fa85f64-5717-4562-b3fc-2c963f66afa6" : "");
    }
}
