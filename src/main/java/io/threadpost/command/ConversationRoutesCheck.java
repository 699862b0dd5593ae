package io.threadpost.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.threadpost.routecheck.CheckedFile;
import io.threadpost.routecheck.FileOutline;
import io.threadpost.routecheck.FileOutline.Use.Kind;
import io.threadpost.routecheck.RouteFinding;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.TargetSystem;

/** Warns of conversations of which the route files have a part only, as after an upgrade that copied some of them. */
final class ConversationRoutesCheck {
    private static final String ALL = "*.camel.yaml";
    private static final Pattern AUTHSERV = Pattern.compile("\\bauthserv\\s*[:=]\\s*[\"']?[^\\s\"'#&]");

    private final Function<String, Optional<String>> setting;

    /** @param setting finds the value of a setting by its key */
    ConversationRoutesCheck(Function<String, Optional<String>> setting) {
        this.setting = setting;
    }

    List<RouteFinding> findings(List<CheckedFile> files) {
        List<RouteFinding> findings = new ArrayList<>();
        if (files.isEmpty()) {
            return findings;
        }
        needs(files, findings, "stageMessages", step(files, "addMessage"), "add-messages.camel.yaml", "addMessage");
        needs(
                files,
                findings,
                "findConversation",
                step(files, "stageMessages"),
                "mail-to-thread.camel.yaml",
                "stageMessages");
        needs(files, findings, "pullReplies", sends(files), "send-replies.camel.yaml", "reply:mail");
        if (!isTrue(TargetSystem.REPLIES.onKey())) {
            return findings;
        }
        String on = "replies are on (" + SettingsCatalogue.REPLIES_FROM.key() + "), and ";
        if (!step(files, "pullReplies")) {
            findings.add(warning(
                    ALL,
                    on + "no route has the step pullReplies, so what the hotel answers reaches no guest",
                    "copy pull-replies.camel.yaml and send-replies.camel.yaml"));
        }
        if (sends(files)) {
            for (String step : List.of("sendMail", "settleReply")) {
                if (!step(files, step)) {
                    findings.add(
                            warning(ALL, on + "no route has the step " + step, "compare with send-replies.camel.yaml"));
                }
            }
        }
        if (!step(files, "findConversation")) {
            findings.add(warning(
                    ALL,
                    on + "no route has the step findConversation, so each answer of a guest is a thread",
                    "compare with mail-to-thread.camel.yaml"));
        }
        boolean authserv = files.stream()
                .anyMatch(file -> AUTHSERV.matcher(file.source().text()).find());
        if (!authserv) {
            boolean required = isTrue(SettingsCatalogue.REPLIES_AUTHENTICATED.key());
            findings.add(warning(
                    ALL,
                    required
                            ? SettingsCatalogue.REPLIES_AUTHENTICATED.key()
                                    + " is true and mail:judge has no authserv, so every reply is withheld"
                            : on + "mail:judge has no authserv: who forges a guest's address and knows a Message-ID of"
                                    + " his can write into his thread",
                    "set authserv of mail:judge to the name with which your mail host begins Authentication-Results"));
        }
        return findings;
    }

    private static void needs(
            List<CheckedFile> files,
            List<RouteFinding> findings,
            String step,
            boolean present,
            String file,
            String missing) {
        if (!present) {
            files.stream()
                    .filter(has -> uses(has, step))
                    .findFirst()
                    .ifPresent(has -> findings.add(warning(
                            has.source().name(),
                            "the step " + step + " needs " + missing + ", and no route has it",
                            "copy it from, or compare with, " + file)));
        }
    }

    private static boolean sends(List<CheckedFile> files) {
        return files.stream().flatMap(file -> file.outline().to().stream()).anyMatch(to -> to.name()
                .startsWith("reply:"));
    }

    private static boolean step(List<CheckedFile> files, String step) {
        return files.stream().anyMatch(file -> uses(file, step));
    }

    private static boolean uses(CheckedFile file, String step) {
        return file.outline().uses().stream()
                .filter(use -> use.kind() == Kind.PROCESSOR || use.kind() == Kind.BEAN)
                .map(FileOutline.Use::name)
                .anyMatch(name -> name.name().equals(step));
    }

    private boolean isTrue(String key) {
        return setting.apply(key)
                .filter(value -> value.strip().equalsIgnoreCase("true"))
                .isPresent();
    }

    private static RouteFinding warning(String file, String problem, String advice) {
        return new RouteFinding(RouteFinding.Severity.WARNING, file, 0, 0, problem, advice);
    }
}
