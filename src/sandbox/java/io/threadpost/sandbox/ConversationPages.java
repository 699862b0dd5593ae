package io.threadpost.sandbox;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * Pages about the threads that have messages, for people, and the same for other processes: read a thread's messages,
 * let the staff answer, resolve, reopen or delete a thread, and set the webhook.
 */
final class ConversationPages {
    private static final Pattern THREAD = Pattern.compile("/sandbox/threads/([0-9a-f-]{36})(/[a-z]+)?");
    private static final int SHOWN = 50;
    private static final String HEAD =
            """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Conversations of the sandbox</title><style>
            body{font:16px sans-serif;max-width:45em;margin:2em auto;padding:0 1em;color:#222}
            p{white-space:pre-wrap;padding:.6em 1em;border-radius:.8em;margin:.4em 0;overflow-wrap:anywhere}
            .guest{background:#eee;margin-right:20%}.hotel{background:#d5e8ff;margin-left:20%}
            small{display:block;color:#555}
            </style></head><body>
            """;

    private final ObjectMapper mapper = new ObjectMapper();
    private final ThreadStore threads;
    private final SandboxConversations conversations;

    ConversationPages(ThreadStore threads, SandboxConversations conversations) {
        this.threads = threads;
        this.conversations = conversations;
    }

    /** The page at this path, or null where there is none. */
    WireAnswer answer(WireRequest request) throws IOException {
        if (request.method().equals("GET") && request.path().equals("/sandbox/conversations")) {
            return html(list());
        }
        try {
            if (request.method().equals("POST") && request.path().equals("/sandbox/webhook")) {
                String address = text(request).strip();
                conversations.setWebhook(address.isEmpty() ? null : URI.create(address));
                return done();
            }
            Matcher thread = THREAD.matcher(request.path());
            return thread.matches() ? thread(request, thread.group(1), thread.group(2)) : null;
        } catch (IllegalArgumentException wrong) {
            return WireAnswer.of(
                    404, "text/plain; charset=utf-8", wrong.getMessage().getBytes(StandardCharsets.UTF_8));
        }
    }

    private WireAnswer thread(WireRequest request, String id, String action) throws IOException {
        switch (request.method() + (action == null ? "" : " " + action)) {
            case "GET" -> {
                return html(conversation(id));
            }
            case "GET /messages" -> {
                return json(id);
            }
            case "POST /messages" -> conversations.staffAnswers(id, text(request));
            case "POST /resolve" -> conversations.resolve(id);
            case "POST /reopen" -> conversations.reopen(id);
            case "DELETE" -> conversations.delete(id);
            default -> {
                return null;
            }
        }
        return done();
    }

    private WireAnswer json(String id) throws IOException {
        ArrayNode messages = mapper.createArrayNode();
        for (SandboxMessage message : conversations.messages(id)) {
            messages.addObject()
                    .put("Id", message.id())
                    .put("Sender", message.sender())
                    .put("Text", message.text())
                    .put("CreatedUtc", message.created().toString());
        }
        return WireAnswer.of(200, "application/json", mapper.writeValueAsBytes(messages));
    }

    private String list() {
        List<String> ids = conversations.threadIds();
        StringBuilder page = new StringBuilder(HEAD).append("<h1>Conversations</h1><ul>\n");
        for (String id : ids.subList(0, Math.min(SHOWN, ids.size()))) {
            ThreadText thread = threads.text(threads.visibleSlot(id));
            List<SandboxMessage> messages = conversations.messages(id);
            page.append("<li><a href=\"/sandbox/threads/" + id + "\">" + escaped(thread.subject()) + "</a> "
                    + escaped(thread.sender()) + ": " + messages.size() + " messages, the last one of the "
                    + writer(messages.get(messages.size() - 1)) + "</li>\n");
        }
        return page.append("</ul>\n<a href=\"/\">Overview</a></body></html>\n").toString();
    }

    private String conversation(String id) {
        int slot = threads.visibleSlot(id);
        ThreadText thread = threads.text(slot);
        StringBuilder page = new StringBuilder(HEAD)
                .append("<h1>" + escaped(thread.subject()) + "</h1>\n<small>" + escaped(thread.sender()) + ", thread "
                        + id + (Boolean.TRUE.equals(threads.resolved(slot)) ? ", resolved" : "") + "</small>\n");
        for (SandboxMessage message : conversations.messages(id)) {
            String writer = writer(message);
            page.append("<p class=\"" + writer + "\"><small>" + writer + ", " + message.created() + "</small>"
                    + escaped(message.text()) + "</p>\n");
        }
        return page.append("<a href=\"/sandbox/conversations\">All conversations</a></body></html>\n")
                .toString();
    }

    private static String writer(SandboxMessage message) {
        return message.sender().equals(SandboxMessage.ENTERPRISE) ? "hotel" : "guest";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static String text(WireRequest request) {
        return request.body() == null ? "" : new String(request.body(), StandardCharsets.UTF_8);
    }

    private static WireAnswer html(String page) {
        return WireAnswer.of(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static WireAnswer done() {
        return WireAnswer.of(204, null, new byte[0]);
    }
}
