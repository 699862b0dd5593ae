package io.threadpost.page;

import io.quarkus.runtime.annotations.RegisterForReflection;

/**
 * What is wrong anywhere, shown on every page.
 *
 * @param tone ok when there is nothing to show
 */
@RegisterForReflection
record Alarm(String tone, String state, String subjects) {
    static final Alarm NONE = new Alarm("ok", "", "");
}
