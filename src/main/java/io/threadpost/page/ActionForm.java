package io.threadpost.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The form of an operator action, and what came of it. */
final class ActionForm {
    private static final String ALL_SPOOLS = "_all";
    /** The fields that select what an action is about; the rest is filled in by a person. */
    private static final List<String> SELECTION = List.of(
            "spool",
            "id",
            "key",
            "all",
            "target",
            "mailbox",
            "number",
            "reason",
            "thread",
            "connection",
            "file",
            "route",
            "version");

    private ActionForm() {}

    /**
     * The form of an action.
     *
     * @param consequence what happens, in one sentence
     * @param undo how to take it back, or that it cannot be
     * @param hidden what it is about
     * @param fields what a person fills in
     * @param back where the person came from, and returns to
     */
    @RegisterForReflection
    record Confirmation(
            String action,
            String title,
            String consequence,
            String undo,
            String button,
            boolean destructive,
            List<Hidden> hidden,
            List<Field> fields,
            String back) {}

    /** A field that a person does not see. */
    @RegisterForReflection
    record Hidden(String name, String value) {}

    /**
     * A field of a form.
     *
     * @param value what it begins with
     * @param options choices; empty for a line of text
     */
    @RegisterForReflection
    record Field(String name, String label, String hint, String value, boolean required, List<Option> options) {}

    /** A choice. */
    @RegisterForReflection
    record Option(String value, String label) {}

    /**
     * The result of an action.
     *
     * @param left items that it could not change
     */
    record Outcome(long changed, long left, String back) {}

    static Confirmation form(
            OperatorAction action,
            Map<String, String> given,
            String title,
            String consequence,
            String undo,
            List<Field> fields) {
        List<Hidden> hidden = new ArrayList<>();
        SELECTION.stream().filter(given::containsKey).forEach(name -> hidden.add(new Hidden(name, given.get(name))));
        String button = action.button();
        return new Confirmation(
                action.id(),
                title,
                consequence,
                undo,
                button,
                action.destructive(),
                hidden,
                fields,
                back(action, given));
    }

    static String back(OperatorAction action, Map<String, String> given) {
        return switch (action) {
            case SPOOL_TRY, SPOOL_HOLD, SPOOL_RELEASE, SPOOL_MOVE, SPOOL_DISCARD, DEAD_REPLAY, DEAD_DISCARD ->
                PageFormat.path("spools", given.getOrDefault("spool", ALL_SPOOLS));
            case ALERTS_TEST -> "/system";
            case TARGET_FORGET, MAILBOX_TRY, MAILBOX_RELEASE, REPLIES_STOP, REPLIES_RESUME -> "/";
            case MAIL_RELEASE, MAIL_DISCARD ->
                given.containsKey("number") ? PageFormat.path("mails", given.get("number")) : "/mails";
            case BACKFILL_BEGIN,
                    BACKFILL_PAUSE,
                    BACKFILL_RESUME,
                    BACKFILL_CANCEL,
                    BACKFILL_AGAIN,
                    GAPS_FILL,
                    COVERAGE_AUDIT,
                    REDELIVERY_BEGIN,
                    REDELIVERY_PAUSE,
                    REDELIVERY_RESUME,
                    REDELIVERY_CANCEL -> PullActions.PLACE;
            case ROUTE_TRACE, ROUTE_FILE_RESTORE -> PageFormat.path("routes", given.getOrDefault("file", ""));
        };
    }
}
