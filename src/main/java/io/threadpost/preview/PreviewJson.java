package io.threadpost.preview;

import java.util.Collection;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.threadpost.mail.MailDryRun;

/** A preview for programs. */
public final class PreviewJson {
    private PreviewJson() {}

    /** @return one JSON object */
    public static ObjectNode of(Preview.Result result) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        result.mail().ifPresent(mail -> mail(json.putObject("mail"), mail));
        ArrayNode passages = json.putArray("passages");
        result.passages().forEach(passage -> passage(passages.addObject(), passage));
        ArrayNode spools = json.putArray("spools");
        result.spools().forEach((spool, fate) -> {
            ObjectNode node = spools.addObject().put("spool", spool);
            node.put("read", fate.isEmpty());
            node.put("why", fate);
        });
        return json;
    }

    private static void mail(ObjectNode json, MailDryRun.Result mail) {
        mail.fields().forEach((name, value) -> put(json, name, value));
        mail.parked().ifPresent(why -> {
            json.put("parked", why.getKey());
            json.put("parkedWhy", why.getValue());
        });
        json.put("threadId", mail.thread());
    }

    private static void passage(ObjectNode json, Passage passage) {
        json.put("from", passage.from());
        passage.keys().forEach(json.putArray("keys")::add);
        if (passage.tick() != null) {
            json.put("tick", passage.tick().toString());
        }
        ArrayNode steps = json.putArray("steps");
        for (Passage.Step step : passage.steps()) {
            ObjectNode node = steps.addObject();
            node.put("file", step.file())
                    .put("line", step.line())
                    .put("route", step.route())
                    .put("level", step.level())
                    .put("step", step.name())
                    .put("label", step.label())
                    .put("result", step.result());
            step.values().forEach(value -> node.withObject("/values").put(value.text(), value.value()));
        }
        ArrayNode sent = json.putArray("sent");
        for (Passage.Sent item : passage.sent()) {
            ObjectNode node = sent.addObject().put("spool", item.spool()).put("key", item.key());
            put(node, "headers", item.headers());
            node.put("body", item.body());
        }
        ArrayNode effects = json.putArray("effects");
        for (Passage.Effect effect : passage.effects()) {
            ObjectNode node = effects.addObject()
                    .put("kind", effect.kind())
                    .put("file", effect.file())
                    .put("line", effect.line());
            effect.fields().forEach((name, value) -> put(node.withObject("/fields"), name, value));
        }
        passage.rejected()
                .forEach((item, why) ->
                        json.withArray("rejected").addObject().put("item", item).put("reason", why));
        json.put("failure", passage.failure());
        json.put("consequence", passage.consequence());
    }

    private static void put(ObjectNode json, String name, Object value) {
        if (value instanceof Map<?, ?> map) {
            ObjectNode node = json.putObject(name);
            map.forEach((key, entry) -> put(node, String.valueOf(key), entry));
        } else if (value instanceof Collection<?> list) {
            ArrayNode node = json.putArray(name);
            list.forEach(entry -> {
                if (entry instanceof Map<?, ?> map) {
                    ObjectNode object = node.addObject();
                    map.forEach((key, field) -> put(object, String.valueOf(key), field));
                } else {
                    node.add(String.valueOf(entry));
                }
            });
        } else if (value instanceof Boolean flag) {
            json.put(name, flag);
        } else if (value instanceof Number number) {
            json.put(name, number.longValue());
        } else {
            json.put(name, value == null ? null : value.toString());
        }
    }
}
