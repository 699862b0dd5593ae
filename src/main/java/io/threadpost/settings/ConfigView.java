package io.threadpost.settings;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
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

/**
 * Values with the place where each is set: over the sources in their order, expressions expanded, profiles applied. It
 * is built without Quarkus, since the settings are checked before Quarkus starts.
 */
final class ConfigView {
    private static final Path HERE = Path.of("");

    private final SmallRyeConfig config;
    private final PropertiesFile file;
    private final Map<String, String> environment;
    private final Map<SettingFamily, Set<String>> names = new EnumMap<>(SettingFamily.class);

    /**
     * What is set.
     *
     * @param value empty when it cannot be read
     * @param place where it is set
     * @param problem why it cannot be read
     */
    record Found(Optional<String> value, SettingOrigin place, Optional<SettingProblem> problem) {}

    /**
     * A key as it was written, without its profile.
     *
     * @param name begins with {@code threadpost.} or {@code camel.}
     */
    record Key(String name, SettingOrigin place) {}

    /** A source in which an empty setting of Threadpost counts as not set, so that weaker sources are asked. */
    private record NonEmptySource(ConfigSource source) implements ConfigSource {
        @Override
        public String getValue(String name) {
            String value = source.getValue(name);
            return value != null && value.isBlank() && name.contains(SettingsCatalogue.PREFIX) ? null : value;
        }

        @Override
        public Set<String> getPropertyNames() {
            return source.getPropertyNames();
        }

        @Override
        public String getName() {
            return source.getName();
        }

        @Override
        public int getOrdinal() {
            return source.getOrdinal();
        }
    }

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

    /**
     * System properties over the environment over the file over the defaults.
     *
     * @param profile the configuration profile unless system properties or the environment name one
     * @param base where relative paths of secrets' files begin
     */
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

    /** The value that holds; empty when there is none, or a blank one. */
    Optional<Found> find(String key) {
        ConfigValue value = config.getConfigValue(key);
        // The value of a secret may be in a file, which another key names.
        String set = key.concat(Setting.FILE).equals(value.getName()) ? value.getName() : key;
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
                ? "refers to a setting or variable that does not exist; set that, or, if `${…}` is the secret "
                        + "itself, set "
                        + SettingOrigin.variable(key) + " in the environment, or name a file with it by " + key
                        + Setting.FILE
                : "holds an expression ${…} that cannot be resolved; set what it names, or give it a default";
    }

    /** Where the value that holds is set; nowhere when it is not set. */
    SettingOrigin place(String key) {
        return find(key).map(Found::place).orElse(SettingOrigin.NOWHERE);
    }

    /** The file behind this view. */
    PropertiesFile file() {
        return file;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Where a key that has no value can be filled in: its line in the file, if it has one. */
    SettingOrigin emptyPlace(String key) {
        return file.place(key);
    }

    /** The names of a family's members that have a value, sorted. */
    Set<String> names(SettingFamily settingFamily) {
        return names.computeIfAbsent(settingFamily, this::findNames);
    }

    private Set<String> findNames(SettingFamily settingFamily) {
        List<String> patterns = SettingsCatalogue.withFiles().stream()
                .filter(setting ->
                        setting.family().filter(settingFamily::equals).isPresent())
                .map(Setting::key)
                .toList();
        return settingFamily.names(
                patterns, keys().stream().map(Key::name).toList(), new TreeSet<>(environment.keySet()), key -> find(key)
                        .isPresent());
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

    /** Every key of Threadpost and of Camel that is set, whether known or not, except as an environment variable. */
    List<Key> keys() {
        List<Key> keys = new ArrayList<>();
        file.entries().forEach(entry -> add(keys, entry.key(), SettingOrigin.line(file.name(), entry.line())));
        writtenSources().forEach(source -> source.getPropertyNames().stream()
                .filter(name -> file.place(name).equals(SettingOrigin.NOWHERE)
                        || source.getName().contains(SysPropConfigSource.NAME))
                .sorted()
                .forEach(name -> add(keys, name, place(source.getName(), name))));
        return keys;
    }

    /** Every key that is set, except as an environment variable. */
    Set<String> writtenKeys() {
        Set<String> keys = new TreeSet<>();
        writtenSources().forEach(source -> keys.addAll(source.getPropertyNames()));
        return keys;
    }

    /** The sources that people write keys to, except the environment. */
    private Stream<ConfigSource> writtenSources() {
        return StreamSupport.stream(config.getConfigSources().spliterator(), false)
                .filter(source -> !source.getName().startsWith(EnvConfigSource.NAME))
                .filter(source -> !source.getName().equals(DefaultsSource.NAME))
                .filter(source -> source.getOrdinal() >= 100);
    }

    /** Whether any key with this prefix is set. */
    boolean mentions(String prefix) {
        String variable = SettingOrigin.variable(prefix);
        return StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .anyMatch(name -> SettingOrigin.variable(name).startsWith(variable));
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
            return SettingOrigin.environment(SettingOrigin.variable(key));
        }
        return source.contains(file.name()) ? file.place(key) : SettingOrigin.NOWHERE;
    }
}
