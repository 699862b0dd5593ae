package io.threadpost.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** A folder or file, relative to the working directory unless absolute. */
record PathText() implements ValueType<Path> {
    @Override
    public Path parse(String text) throws InvalidSettingValue {
        Optional<String> locale = new SystemLocale().refusal(text);
        if (locale.isPresent()) {
            throw new InvalidSettingValue(locale.get());
        }
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InvalidSettingValue(
                    "`" + text.replace('\0', '?') + "` is not a path; write one like out/threads");
        }
    }

    @Override
    public String form() {
        return "path";
    }
}
