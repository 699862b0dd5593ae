package io.threadpost.settings;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The locale of the process: it decides which characters file names can have in Java. */
public final class SystemLocale {
    /** What Java decodes a character to that the locale does not have. */
    private static final char LOST = '\uFFFD';

    private final Charset charset;

    /** Of this process. */
    public SystemLocale() {
        this(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }

    SystemLocale(String charset) {
        this.charset = Charset.isSupported(charset) ? Charset.forName(charset) : StandardCharsets.UTF_8;
    }

    /** @return whether it has all characters */
    public boolean complete() {
        return charset.equals(StandardCharsets.UTF_8);
    }

    /** @return why a path cannot be used in this locale, and what to do; empty when it can */
    public Optional<String> refusal(String path) {
        boolean lost = path.indexOf(LOST) >= 0;
        return complete() || !lost && charset.newEncoder().canEncode(path)
                ? Optional.empty()
                : Optional.of("`" + path + "` has characters that do not exist in the locale of this process ("
                        + charset.name() + "); start it with LC_ALL=C.UTF-8");
    }
}
