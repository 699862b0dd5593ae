package io.threadpost.connector;

import java.util.AbstractList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.threadpost.json.RawJson;

/** The answer to {@code messages/add}: to routes a list of the JSON messages, in the order of the request. */
public final class AddedMessages extends AbstractList<RawJson> {
    private final Map<String, PlatformMessage> byIdentifier;
    private final List<PlatformMessage> messages;

    AddedMessages(Map<String, PlatformMessage> byIdentifier) {
        this.byIdentifier = Collections.unmodifiableMap(new LinkedHashMap<>(byIdentifier));
        this.messages = List.copyOf(byIdentifier.values());
    }

    /** @return each message by the {@code Identifier} it was sent with, in the order of the request */
    public Map<String, PlatformMessage> byIdentifier() {
        return byIdentifier;
    }

    @Override
    public RawJson get(int index) {
        return messages.get(index).json();
    }

    @Override
    public int size() {
        return messages.size();
    }
}
