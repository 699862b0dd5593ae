package io.threadpost;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/** The way in. */
@QuarkusMain
public final class ThreadpostMain {
    private ThreadpostMain() {}

    public static void main(String... args) {
        Quarkus.run(args);
    }
}
