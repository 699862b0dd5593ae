package io.threadpost.person;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import io.threadpost.ledger.Dialect;
import io.threadpost.ledger.Transaction;

/**
 * The texts of the ledger: which columns there are, and what erasing a person does about each. A column that is not
 * named here is treated as free text.
 */
final class LedgerTexts {
    /** Names, states, codes and numbers: never a person's. */
    private static final Map<String, String> NEUTRAL = Map.ofEntries(
            Map.entry("pull_window", "connection kind state resume_cursor cursor_updated recent_cursors lease_owner"),
            Map.entry("pull_connection", "connection"),
            Map.entry("thread_version", "connection id"),
            Map.entry("spool_parcel", "spool state connection"),
            Map.entry("spool_batch", "spool lease_owner"),
            Map.entry("spool_pause", "spool"),
            Map.entry("spool_hold", "spool"),
            Map.entry("spool_tick", "spool timetable"),
            Map.entry("spool_sample", "spool"),
            Map.entry("request_slot", "token"),
            Map.entry("request_pause", "token"),
            // What an engineer has written into a route file is a setting.
            Map.entry("route_file", "name source"),
            Map.entry("route_file_version", "name source"),
            Map.entry("target", "name"),
            Map.entry("retention", "kind"),
            Map.entry("signing_key", "value"),
            Map.entry("thread_add", "connection state scope process code"),
            Map.entry("add_thread", "thread connection"),
            Map.entry("add_cut", "scope field"),
            Map.entry("add_pause", "connection operation"),
            Map.entry("mail", "mailbox connection state reason"),
            Map.entry("mailbox", "name lease_owner"),
            Map.entry("mailbox_era", "mailbox source"),
            Map.entry("mailbox_mail", "mailbox shown moved_to"),
            Map.entry("conversation", "connection mailbox"),
            Map.entry("mail_reference", "kind"),
            Map.entry("message_add", "connection state process message code"),
            Map.entry("message_owner", "message"),
            Map.entry("reply", "message connection state"),
            Map.entry("reply_pull", "connection owner"),
            Map.entry("audit_entry", "who origin action target result"),
            Map.entry("ledger_history", "event other"),
            Map.entry("node", "id name version"),
            Map.entry("alert", "check_name state"),
            Map.entry("alert_message", "channel kind owner"),
            Map.entry("journey_arrival", "connection filter"),
            Map.entry("journey_settlement", "spool"),
            Map.entry("journey_path", "steps"),
            Map.entry("backfill", "connection origin enterprises state"),
            Map.entry("page_digest", "connection fingerprints"),
            Map.entry("drained_window", "connection"),
            Map.entry("pulled_enterprise", "connection enterprise"),
            Map.entry("enterprise_gap", "connection enterprise"),
            Map.entry("coverage_audit", "connection"),
            Map.entry("redelivery", "connection spool through state phase gaps lease_owner"),
            Map.entry("redelivery_thread", "thread"),
            Map.entry("thread_version_block", "connection versions"),
            Map.entry("trace_export", "lease_owner"));

    /** Removed with the rows of the person, or edited by their own rules. */
    private static final Map<String, String> PERSONAL = Map.ofEntries(
            Map.entry("spool_parcel", "item_key"),
            Map.entry("spool_content", "items"),
            Map.entry("thread_add", "item_key pair sender subject thread"),
            Map.entry("add_thread", "item_key"),
            Map.entry(
                    "mail",
                    "identity item_key thread sender sender_text subject fingerprint release_sender release_subject"),
            Map.entry("mail_raw", "bytes"),
            Map.entry("mail_reading", "reading verdict"),
            Map.entry("mailbox_mail", "message_id"),
            Map.entry("mail_reference", "message_id"),
            Map.entry("mail_conversation", "thread resolved answers reply bounced"),
            Map.entry("conversation", "thread guest guest_name subject"),
            Map.entry("message_add", "item_key thread text"),
            Map.entry("reply", "thread message_id recipient fingerprint"),
            Map.entry("journey_content", "items texts"),
            Map.entry("journey_settlement", "content"),
            Map.entry("redelivery_item", "item_key"));

    /** Texts for people, such as errors: an address in one is masked, in everybody's rows. */
    private static final Map<String, String> FREE = Map.ofEntries(
            Map.entry("pull_window", "error"),
            Map.entry("pull_connection", "refusal"),
            Map.entry("spool_parcel", "error"),
            Map.entry("spool_batch", "error"),
            Map.entry("spool_pause", "reason"),
            Map.entry("spool_hold", "reason"),
            Map.entry("thread_add", "words"),
            Map.entry("add_pause", "reason"),
            Map.entry("mail", "why"),
            Map.entry("mailbox", "reason held_for"),
            Map.entry("mailbox_mail", "note"),
            Map.entry("conversation", "unanswerable stopped"),
            Map.entry("message_add", "reason"),
            Map.entry("reply", "why"),
            Map.entry("reply_pull", "reason"),
            Map.entry("alert", "subject reason"),
            Map.entry("alert_message", "content error"),
            Map.entry("redelivery", "error"));

    /** Have to stay as they are: an intent that is not settled is recognised by them. */
    private static final Map<String, String> UNSETTLED = Map.of(
            "message_add.text", "state NOT IN ('staged', 'adding')",
            "thread_add.pair", "state <> 'adding'",
            "thread_add.sender", "state <> 'adding'",
            "thread_add.subject", "state <> 'adding'",
            "mail.release_sender", "state <> 'waiting'",
            "mail.release_subject", "state <> 'waiting'");

    /** Keys, and JSON that must stay JSON. */
    private static final List<String> KEPT = List.of(
            "spool_parcel.item_key",
            "spool_content.items",
            "mail.identity",
            "mail.item_key",
            "mail_raw.bytes",
            "mail_reading.reading",
            "mail_reading.verdict",
            "thread_add.item_key",
            "add_thread.item_key",
            "message_add.item_key",
            "redelivery_item.item_key");

    private LedgerTexts() {}

    /** A column with texts or bytes. */
    record Column(String table, String name, boolean bytes) {
        @Override
        public String toString() {
            return table + "." + name;
        }

        /** @return whether this class says what erasing a person does about it */
        boolean isKnown() {
            return Stream.of(NEUTRAL, PERSONAL, FREE).anyMatch(this::isIn);
        }

        /** @return whether an address in it is masked */
        boolean isMasked() {
            return !bytes && !isIn(NEUTRAL) && !KEPT.contains(toString());
        }

        boolean isPersonal() {
            return isIn(PERSONAL);
        }

        /** @return which rows may be changed */
        String condition() {
            return Optional.ofNullable(UNSETTLED.get(toString())).orElse("TRUE");
        }

        private boolean isIn(Map<String, String> columns) {
            return Arrays.asList(columns.getOrDefault(table, "").split(" ")).contains(name);
        }
    }

    /** @return all columns of the ledger with texts or bytes */
    static List<Column> columns(Transaction tx) throws SQLException {
        return tx.list(
                tx.dialect() == Dialect.SQLITE
                        ? "SELECT t.name, c.name, c.type LIKE '%BLOB%'"
                                + " FROM sqlite_master t JOIN pragma_table_info(t.name) c"
                                + " WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE 'flyway%'"
                                + " AND (c.type LIKE '%TEXT%' OR c.type LIKE '%CHAR%' OR c.type LIKE '%BLOB%')"
                        : "SELECT table_name, column_name, data_type = 'bytea' FROM information_schema.columns"
                                + " WHERE table_schema = current_schema() AND table_name NOT LIKE 'flyway%'"
                                + " AND data_type IN ('text', 'character varying', 'bytea')",
                row -> new Column(row.getString(1), row.getString(2), row.getBoolean(3)));
    }

    /** @return the tables whose rows erasing a person changes */
    static List<String> tables(Transaction tx) throws SQLException {
        return columns(tx).stream()
                .filter(column -> !column.isIn(NEUTRAL))
                .map(Column::table)
                .distinct()
                .sorted()
                .toList();
    }
}
