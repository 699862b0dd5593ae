package io.threadpost.settings;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import jakarta.annotation.Priority;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.Expressions;
import io.smallrye.config.Priorities;
import io.smallrye.config.SysPropConfigSource;

/**
 * Provides every secret as it is written: {@code $$} does not become {@code $}, and <code>${</code> begins no
 * expression. The exception is a value in the file that is a mere reference, such as <code>${CRM_TOKEN}
 * </code>. A secret that is not set is read from the file that the sibling {@code …-file} names.
 */
@Priority(Priorities.APPLICATION + 20)
public final class SecretValues implements ConfigSourceInterceptor {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^${}:]+(?::(?<other>.*))?\\}", Pattern.DOTALL);

    private static final long LARGEST_FILE = 64 * 1024;

    private final Path base;

    /** Called by SmallRye's service loader. */
    public SecretValues() {
        this(Path.of(""));
    }

    /** @param base where relative paths of files begin */
    SecretValues(Path base) {
        this.base = base;
    }

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        boolean ours = SecretKeys.ours(name);
        if (!ours && !own(context, name)) {
            return proceeded(context, name);
        }
        ConfigValue written = Expressions.withoutExpansion(() -> context.proceed(name));
        if (set(written)) {
            ConfigValue expanded = expanded(context, name, written, ours);
            return expanded.getValue() == null ? expanded : expanded.withValue(trimmed(expanded.getValue(), name));
        }
        ConfigValue file = context.restart(name + Setting.FILE);
        return set(file) ? read(file, name) : written;
    }

    private static boolean set(ConfigValue value) {
        return value != null && value.getValue() != null && !value.getValue().isBlank();
    }

    private static boolean own(ConfigSourceInterceptorContext context, String name) {
        // What cannot be one, listed or not, is not looked up in the list.
        return SecretKeys.own(name, Set.of(name))
                && (SecretKeys.own(name, Set.of()) || listed(context).contains(name));
    }

    private static Set<String> listed(ConfigSourceInterceptorContext context) {
        ConfigValue list = context.restart(SettingsCatalogue.SECRETS.key());
        return list == null || list.getValue() == null
                ? Set.of()
                : Arrays.stream(list.getValue().split(",")).map(String::strip).collect(Collectors.toSet());
    }

    private static ConfigValue expanded(
            ConfigSourceInterceptorContext context, String name, ConfigValue written, boolean ours) {
        String source = String.valueOf(written.getConfigSourceName());
        boolean verbatim = source.startsWith(EnvConfigSource.NAME) || source.contains(SysPropConfigSource.NAME);
        if (verbatim || !written.getValue().contains("${")) {
            return written;
        }
        boolean reference = reference(written.getValue().strip());
        if (ours && !reference) {
            return written;
        }
        ConfigValue expanded = proceeded(context, name);
        // Custom ones may be composed of others: `Bearer ${CRM_TOKEN}`.
        return reference || !expanded.hasProblems() ? expanded : written;
    }

    /** A reference without a name, <code>${}</code>, is a problem as one to nothing is, and no exception. */
    private static ConfigValue proceeded(ConfigSourceInterceptorContext context, String name) {
        try {
            return context.proceed(name);
        } catch (IllegalArgumentException e) {
            ConfigValue written = Expressions.withoutExpansion(() -> context.proceed(name));
            String problem = "`" + name + "` holds an expression ${…} without a name";
            return written.withValue(null).withProblems(List.of(new ConfigValidationException.Problem(problem)));
        }
    }

    /** Such as <code>${CRM_TOKEN}</code>, <code>${CRM_TOKEN:x}</code> or <code>${CRM_TOKEN:${TOKEN}}</code>. */
    static boolean reference(String text) {
        Matcher reference = REFERENCE.matcher(text);
        if (!reference.matches()) {
            return false;
        }
        String other = reference.group("other");
        return other == null || !other.matches("(?s).*[${}].*") || reference(other);
    }

    /** A token has no blanks, and no secret ends with a line break: both are artifacts of copying. */
    private static String trimmed(String text, String name) {
        return name.endsWith("token") ? text.strip() : text.replaceFirst("[\\r\\n]+$", "");
    }

    private ConfigValue read(ConfigValue file, String name) {
        ConfigValue there = file.withName(name + Setting.FILE);
        try {
            return there.withValue(content(file.getValue().strip()));
        } catch (IOException e) {
            return there.withValue(null).withProblems(List.of(new ConfigValidationException.Problem(e.getMessage())));
        }
    }

    /**
     * The content of a secret's file, as Docker and Kubernetes mount them, without one line end.
     *
     * @throws IOException when it cannot be used; the message is for people
     */
    private String content(String name) throws IOException {
        String named = "names a file that ";
        try {
            Path path = base.resolve(name);
            named = hasFolder(Path.of(name)) ? "names `" + name + "`, a file that " : named;
            if (Files.exists(path) && (!Files.isRegularFile(path) || Files.size(path) > LARGEST_FILE)) {
                throw new IOException(named + "is not that of a secret; name one with nothing else in it");
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(path)))
                    .toString();
            String secret = text.replaceFirst("^\\uFEFF", "").replaceFirst("\\r?\\n$", "");
            if (secret.isBlank()) {
                throw new IOException(named + "is empty; write the secret into it");
            }
            return secret;
        } catch (NoSuchFileException | InvalidPathException e) {
            throw new IOException(named + "does not exist; create it, or name another", e);
        } catch (CharacterCodingException e) {
            throw new IOException(named + "is not UTF-8 text; write the secret in UTF-8", e);
        } catch (FileSystemException e) {
            throw new IOException(
                    named + "cannot be read: " + SettingProblem.reason(e) + "; give this user the permission", e);
        }
    }

    /** Whether it begins with a folder that exists. Otherwise it may be the secret itself, set under the wrong key. */
    private boolean hasFolder(Path written) {
        Path first = written.getNameCount() > 1 ? written.getName(0) : null;
        Path root = written.isAbsolute() ? written.getRoot() : base;
        return first != null && Files.isDirectory(root.resolve(first));
    }
}
