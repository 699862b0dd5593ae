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

    private final ObjectMapper mapper = new ObjectMapper();
    private final ThreadStore threads;
    private final SandboxConversations conversations;

    ConversationPages(ThreadStore threads, SandboxConversations conversations) {
        this.threads = threads;
        this.conversations = conversations;
    }

    /** The page at this path, or null where there is none. */
    WireAnswer answer(WireRequest request) throws IOException {
        try {
            if (request.method().equals("GET") && request.path().equals("/sandbox/conversations")) {
                return list();
            }
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
                return conversation(id);
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

    private WireAnswer list() {
        List<String> ids = conversations.threadIds();
        HtmlPage page = new HtmlPage("Conversations").raw("<ul>\n");
        for (String id : ids.subList(0, Math.min(SHOWN, ids.size()))) {
            ThreadText thread = threads.text(threads.visibleSlot(id));
            List<SandboxMessage> messages = conversations.messages(id);
            page.raw("<li><a href=\"/sandbox/threads/" + id + "\">")
                    .text(thread.subject())
                    .raw("</a> ")
                    .text(thread.sender() + ": " + messages.size() + " messages, the last one of the "
                            + writer(messages.get(messages.size() - 1)))
                    .raw("</li>\n");
        }
        return page.raw("</ul>\n<a href=\"/\">Overview</a>").toAnswer();
    }

    private WireAnswer conversation(String id) {
        int slot = threads.visibleSlot(id);
        ThreadText thread = threads.text(slot);
        HtmlPage page = new HtmlPage(thread.subject())
                .raw("<small>")
                .text(thread.sender() + ", thread " + id
                        + (Boolean.TRUE.equals(threads.resolved(slot)) ? ", resolved" : ""))
                .raw("</small>\n");
        for (SandboxMessage message : conversations.messages(id)) {
            String writer = writer(message);
            page.message(writer, writer + ", " + message.created(), message.text());
        }
        return page.raw("<a href=\"/sandbox/conversations\">All conversations</a>")
                .toAnswer();
    }

    private static String writer(SandboxMessage message) {
        return message.sender().equals(SandboxMessage.ENTERPRISE) ? "hotel" : "guest";
    }

    private static String text(WireRequest request) {
        return request.body() == null ? "" : new String(request.body(), StandardCharsets.UTF_8);
    }

    private static WireAnswer done() {
        return WireAnswer.of(204, null, new byte[0]);
    }
}
