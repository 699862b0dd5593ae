package io.threadpost.settings;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.secrets.WeakSecrets;

/**
 * Secrets as their files hold them now. They are read again each time they are used, so that one that is replaced while
 * the process runs needs no restart. A file that cannot be used leaves the secret as it was.
 */
@Singleton
public final class SecretFiles {
    private static final Logger LOG = Logger.getLogger(SecretFiles.class);

    private final Function<String, ConfigValue> config;
    private final RunTimeSecrets redacted;
    /** The last usable secret by key, if it is not that of the start. */
    private final Map<String, String> replaced = new ConcurrentHashMap<>();

    private final Map<String, String> problems = new ConcurrentHashMap<>();

    /** Those of the running application. */
    @Inject
    public SecretFiles(RunTimeSecrets redacted) {
        this(key -> ConfigProvider.getConfig().unwrap(SmallRyeConfig.class).getConfigValue(key), redacted);
    }

    SecretFiles(Function<String, ConfigValue> config, RunTimeSecrets redacted) {
        this.config = config;
        this.redacted = redacted;
    }

    /**
     * The secret that holds now.
     *
     * @param name of the connection or mailbox; ignored for a single setting
     * @param atStart its value when the process started, which stays when it is not in a file
     */
    public String current(Setting<String> setting, String name, String atStart) {
        String key = setting.key(name);
        ConfigValue value = config.apply(key);
        String last = replaced.getOrDefault(key, atStart);
        if (!key.concat(Setting.FILE).equals(value.getName())) {
            return last;
        }
        Optional<String> problem = problem(value);
        if (problem.isPresent()) {
            if (!problem.get().equals(problems.put(key, problem.get()))) {
                LOG.warn("Settings: " + value.getName() + ": " + problem.get() + "; until then the last one is used");
            }
            return last;
        }
        problems.remove(key);
        if (!value.getValue().equals(last)) {
            // Before anything can log it.
            redacted.learn(value.getValue());
            if (!value.getValue().equals(replaced.put(key, value.getValue()))) {
                LOG.info("Settings: " + value.getName() + ": the file has changed, and the new secret is used");
            }
        }
        return value.getValue();
    }

    private static Optional<String> problem(ConfigValue value) {
        if (value.getValue() == null) {
            return Optional.of(value.getProblems().get(0).getMessage());
        }
        return WeakSecrets.isWeak(value.getValue())
                ? Optional.of("names a file whose secret is too weak to be kept out of the log; choose a longer one")
                : Optional.empty();
    }
}
