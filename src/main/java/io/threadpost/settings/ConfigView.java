package io.threadpost.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.smallrye.config.ConfigValue;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.SysPropConfigSource;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Values with the place they come from, over the sources in their order, expressions expanded, profiles applied. */
final class ConfigView {
    private static final Path HERE = Path.of("");

    private final SmallRyeConfig config;
    private final PropertiesFile file;
    private final Map<String, String> environment;

    /**
     * What is set.
     *
     * @param value empty when it cannot be read
     * @param place where it stands
     * @param problem why it cannot be read
     */
    record Found(Optional<String> value, SettingOrigin place, Optional<SettingProblem> problem) {}

    private ConfigView(
            Iterable<ConfigSource> sources,
            List<String> profiles,
            PropertiesFile file,
            Map<String, String> environment,
            Path base) {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withInterceptors(new TargetSwitches(), new SecretValues(base))
                .withProfiles(profiles);
        sources.forEach(source -> builder.withSources(new NonEmptySource(source)));
        this.config = builder.build();
        this.file = file;
        this.environment = environment;
    }

    /** The given values over the defaults, and nothing else. */
    static ConfigView of(Map<String, String> values) {
        return new ConfigView(
                List.of(new PropertiesConfigSource(values, "values", 100), new DefaultsSource()),
                List.of(),
                PropertiesFile.NONE,
                Map.of(),
                HERE);
    }

    /** System properties over the environment over the file over the defaults. */
    static ConfigView of(
            Map<String, String> systemProperties,
            Map<String, String> environment,
            PropertiesFile file,
            String profile) {
        return of(systemProperties, environment, file, profile, HERE);
    }

    /** The same. @param base where the paths of secrets' files begin */
    static ConfigView of(
            Map<String, String> systemProperties,
            Map<String, String> environment,
            PropertiesFile file,
            String profile,
            Path base) {
        String chosen =
                systemProperties.getOrDefault("quarkus.profile", environment.getOrDefault("QUARKUS_PROFILE", profile));
        return new ConfigView(
                List.of(
                        new PropertiesConfigSource(systemProperties, SysPropConfigSource.NAME, 400),
                        new EnvConfigSource(environment, 300),
                        new PropertiesConfigSource(file.values(), file.name(), 250),
                        new DefaultsSource()),
                List.of(chosen.split(",")),
                file,
                environment,
                base);
    }

    /** What a running application sees. */
    static ConfigView of(SmallRyeConfig running, Map<String, String> environment, PropertiesFile file) {
        return new ConfigView(running.getConfigSources(), running.getProfiles(), file, environment, HERE);
    }

    /** The value that holds; empty when there is none but an empty one. */
    Optional<Found> find(String key) {
        ConfigValue value = config.getConfigValue(key);
        // The value of a secret may stand in a file, whose key is another.
        String set = key.concat(SecretKeys.FILE).equals(value.getName()) ? value.getName() : key;
        SettingOrigin settingOrigin = place(value, set);
        if (value.getValue() == null) {
            return value.hasProblems()
                    ? Optional.of(new Found(
                            Optional.empty(),
                            settingOrigin,
                            Optional.of(settingOrigin.problem(set, why(value, key, set)))))
                    : Optional.empty();
        }
        return Optional.of(
                        SecretKeys.ours(key)
                                ? value.getValue()
                                : value.getValue().strip())
                .filter(text -> !text.isBlank())
                .map(text -> new Found(Optional.of(text), settingOrigin, Optional.empty()));
    }

    private static String why(ConfigValue value, String key, String set) {
        if (!set.equals(key)) {
            return value.getProblems().get(0).getMessage();
        }
        return SecretKeys.ours(key)
                ? "refers to a setting or variable that is not there; set that, or, if `${…}` is the secret itself, set "
                        + variable(key) + " in the environment, or name a file with it by " + key + SecretKeys.FILE
                : "holds an expression ${…} that leads nowhere; set what it names, or give it a default";
    }

    /** Where the value that holds was written; nowhere when nobody wrote one. */
    SettingOrigin place(String key) {
        return find(key).map(Found::place).orElse(SettingOrigin.NOWHERE);
    }

    /** The file behind this view. */
    PropertiesFile file() {
        return file;
    }

    /** Where a key that has no value could be filled in: its line in the file, if it stands there. */
    SettingOrigin emptyPlace(String key) {
        return file.place(key);
    }

    /** The names people chose, sorted. */
    Set<String> names(SettingFamily settingFamily) {
        return new FamilyNames(this, settingFamily).find();
    }

    /** The keys of a setting that may have a value: one, or one for each name. */
    Set<String> keys(Setting<?> setting) {
        Set<String> keys = new TreeSet<>();
        setting.family()
                .map(this::names)
                .orElse(Set.of(SettingFamily.MAIN))
                .forEach(name -> keys.add(setting.key(name)));
        return keys;
    }

    /** What must not be seen: our secrets, and those of an engineer's own. */
    Set<String> secrets() {
        Set<String> secrets = credentials();
        secrets.addAll(ownSecrets());
        return secrets;
    }

    /** The secrets among what is set besides our settings. */
    Set<String> ownSecrets() {
        Set<String> listed = find(SettingsCatalogue.SECRETS.key())
                .flatMap(Found::value)
                .map(keys -> Set.of(keys.split("\\s*,\\s*")))
                .orElse(Set.of());
        OwnSecrets own = new OwnSecrets(listed);
        Set<String> keys = new TreeSet<>(listed);
        written().forEach(source -> keys.addAll(source.getPropertyNames()));
        for (String key : keys) {
            // The proxy's URL may hold a login.
            if (!key.startsWith(SettingsCatalogue.PREFIX) || key.equals(SettingsCatalogue.PROXY.key())) {
                String secret =
                        key.endsWith(SecretKeys.FILE) ? key.substring(0, key.length() - SecretKeys.FILE.length()) : key;
                find(secret).flatMap(Found::value).ifPresent(value -> own.setting(secret, value));
            }
        }
        return own.environment(environment).found();
    }

    /** The value of every secret of ours that is set, whether it can be used or not. */
    Set<String> credentials() {
        Set<String> secrets = new TreeSet<>();
        for (Setting<?> setting : SettingsCatalogue.settings()) {
            if (setting.type().secret()) {
                keys(setting).forEach(key -> find(key).flatMap(Found::value).ifPresent(secrets::add));
            }
        }
        return secrets;
    }

    /** A key as it was written, without its profile. */
    record Key(String name, SettingOrigin place) {}

    /** Every key of ours and of Camel's that somebody wrote, whether known or not, except as environment variables. */
    List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        file.entries().forEach(entry -> add(keys, entry.key(), SettingOrigin.line(file.name(), entry.line())));
        written().forEach(source -> source.getPropertyNames().stream()
                .filter(name -> file.place(name).equals(SettingOrigin.NOWHERE)
                        || source.getName().contains(SysPropConfigSource.NAME))
                .sorted()
                .forEach(name -> add(keys, name, place(source.getName(), name))));
        return keys;
    }

    /** The sources that people write keys to, except the environment. */
    private Stream<ConfigSource> written() {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> !source.getName().startsWith(EnvConfigSource.NAME))
                .filter(source -> !source.getName().equals(DefaultsSource.NAME))
                .filter(source -> source.getOrdinal() >= 100);
    }

    /** Whether anybody wrote a key that begins like this. */
    boolean mentions(String prefix) {
        String variable = variable(prefix);
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .anyMatch(name -> variable(name).startsWith(variable));
    }

    /** The environment variables that begin with the given text, sorted. */
    Set<String> variables(String prefix) {
        Set<String> variables = new TreeSet<>(environment.keySet());
        variables.removeIf(variable -> !variable.startsWith(prefix));
        return variables;
    }

    /** The environment variable that sets a key. */
    static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    private static void add(List<Key> keys, String name, SettingOrigin settingOrigin) {
        String bare = name.startsWith("%") ? name.substring(name.indexOf('.') + 1) : name;
        if (bare.startsWith(SettingsCatalogue.PREFIX) || bare.startsWith("camel.")) {
            keys.add(new Key(bare, settingOrigin));
        }
    }

    private SettingOrigin place(ConfigValue value, String key) {
        String written = value.getProfile() == null ? key : value.getNameProfiled();
        return value.getConfigSourceName() == null
                ? SettingOrigin.NOWHERE
                : place(value.getConfigSourceName(), written);
    }

    private SettingOrigin place(String source, String key) {
        if (source.contains(SysPropConfigSource.NAME)) {
            return SettingOrigin.systemProperty(key);
        }
        if (source.startsWith(EnvConfigSource.NAME)) {
            return SettingOrigin.environment(variable(key));
        }
        return source.contains(file.name()) ? file.place(key) : SettingOrigin.NOWHERE;
    }
}
