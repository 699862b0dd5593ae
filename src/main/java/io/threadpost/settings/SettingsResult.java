package io.threadpost.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.threadpost.secrets.SecretSearch;
import io.threadpost.secrets.TokenMask;

/** The result of reading the settings: either all of them, or every problem. */
public final class SettingsResult {
    private static final Pattern QUARKUS_REFUSAL = Pattern.compile(
            "(?:\\S+: )*The config property (?<key>.+?) with the config value \"(?<value>.*)\" threw an Exception "
                    + "whilst"
                    + " being converted (?:SRCFG\\d+: |[\\w.]+Exception: )*(?<why>.*)",
            Pattern.DOTALL);

    private final ConfigView view;
    private final String source;
    private final Settings settings;
    private final List<SettingProblem> problems;

    private SettingsResult(ConfigView view, String source, Settings settings, List<SettingProblem> problems) {
        this.view = view;
        this.source = source;
        this.settings = settings;
        this.problems = List.copyOf(problems);
    }

    /** Reads every setting, and looks for keys that nothing reads. */
    static SettingsResult of(ConfigView view, String source) {
        SettingsReader reader = new SettingsReader(view);
        Settings settings = reader.read();
        List<SettingProblem> problems = new ArrayList<>(reader.problems());
        KeysCheck keys = new KeysCheck(view);
        problems.addAll(keys.unknown());
        problems.addAll(keys.repeated());
        SecretsCheck secrets = new SecretsCheck(view);
        secrets.misread().forEach(trap -> {
            // Any other problem of the value follows from that.
            problems.removeIf(settingProblem -> settingProblem.key().equals(trap.key())
                    && settingProblem.place().equals(trap.place()));
            problems.add(trap);
        });
        problems.addAll(secrets.duplicates());
        // A secret may have been pasted into the wrong place, and be quoted there.
        problems.replaceAll(new KeyPreservingRedactor(new ConfiguredSecrets(view).all())::redact);
        return new SettingsResult(view, source, settings, problems);
    }

    /**
     * Reads the settings of a folder: system properties over the environment over its {@code application.properties}
     * over the defaults.
     *
     * @param folder where the file is
     * @param profile the configuration profile unless system properties or the environment name one, such as
     *     {@code prod}
     */
    public static SettingsResult in(Path folder, String profile) {
        return in(folder, profile, Map.of());
    }

    /**
     * As {@link #in(Path, String)}.
     *
     * @param over values over all others, by key
     */
    public static SettingsResult in(Path folder, String profile, Map<String, String> over) {
        Path path = folder.resolve(PropertiesFile.NAME).toAbsolutePath().normalize();
        boolean exists = Files.exists(path);
        String source = exists ? "read from " + path : "no " + PropertiesFile.NAME + " in " + path.getParent();
        try {
            ConfigView view = view(exists ? PropertiesFile.read(path) : PropertiesFile.NONE, profile, folder, over);
            SettingsResult settingsResult = of(view, source);
            List<SettingProblem> problems = new ArrayList<>(settingsResult.problems);
            problems.addAll(new SecretsCheck(view).weak());
            return new SettingsResult(view, source, settingsResult.settings, problems);
        } catch (InvalidSettings e) {
            return unreadable(source, profile, folder, e.problems());
        } catch (IOException e) {
            String what = "cannot be read: " + SettingProblem.reason(e) + "; make it a file that this user may read";
            return unreadable(
                    source, profile, folder, List.of(new SettingProblem(PropertiesFile.NAME, "", what, false)));
        }
    }

    /** Reports nothing but the problems of the file: any other may only follow from them. */
    private static SettingsResult unreadable(
            String source, String profile, Path folder, List<SettingProblem> problems) {
        ConfigView view = view(PropertiesFile.NONE, profile, folder, Map.of());
        return new SettingsResult(view, source, new SettingsReader(view).read(), problems);
    }

    private static ConfigView view(PropertiesFile file, String profile, Path folder, Map<String, String> over) {
        Map<String, String> systemProperties = new HashMap<>();
        for (String key : System.getProperties().stringPropertyNames()) {
            // Another thread may remove one meanwhile.
            Optional.ofNullable(System.getProperty(key)).ifPresent(value -> systemProperties.put(key, value));
        }
        systemProperties.putAll(over);
        return ConfigView.of(systemProperties, System.getenv(), file, profile, folder);
    }

    /** Which file was read, for people; or that there was none. */
    public String source() {
        return source;
    }

    /** Every problem; empty when the settings can be used. */
    public List<SettingProblem> problems() {
        return problems;
    }

    /** Warnings of what reads otherwise than in earlier builds, or does nothing; the settings can still be used. */
    public List<SettingProblem> notices() {
        List<SettingProblem> notices = new ArrayList<>(new SecretsCheck(view).literalDollars());
        notices.addAll(new ConversationSettingsCheck(view).warnings());
        return notices;
    }

    /**
     * The settings.
     *
     * @throws InvalidSettings when there is a problem
     */
    public Settings orThrow() {
        if (!problems.isEmpty()) {
            throw new InvalidSettings(problems);
        }
        return settings;
    }

    /** The settings despite problems: in place of one that has a problem its default, which may be null. */
    public Settings settings() {
        return settings;
    }

    /** Proxy and certificate authorities. */
    public NetworkSettings network() {
        return settings.network();
    }

    /** The value of any key, with its default; empty when there is none, or a blank one. */
    public Optional<String> value(String key) {
        return view.find(key).flatMap(ConfigView.Found::value);
    }

    /** Every key that has a meaning here: those of the catalogue, and whatever else is in the file. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(view.file().values().keySet());
        for (Setting<?> setting : SettingsCatalogue.withFiles()) {
            keys.addAll(view.keys(setting));
        }
        keys.addAll(TargetSwitches.keys());
        return keys;
    }

    /** Finds the secrets of Threadpost's settings in texts. */
    public SecretSearch secretSearch() {
        return new SecretSearch(new ConfiguredSecrets(view).credentials());
    }

    /** Whether the database is described by Quarkus' own keys: then only Quarkus knows how to open it. */
    public boolean describesDataSource() {
        return view.mentions("quarkus.datasource.");
    }

    /** A problem of a setting's value, at its place. */
    SettingProblem problem(Setting<?> setting, String what) {
        return view.place(setting.key()).problem(setting.key(), what);
    }

    /**
     * A problem of the ledger, at the place of its URL and without secrets.
     *
     * @param what what the database reports, and what to do
     */
    public SettingProblem ledgerProblem(String what) {
        return redacted(problem(SettingsCatalogue.LEDGER_URL, what));
    }

    /**
     * A value that Quarkus refuses, such as a port that is not a number, at its place and without secrets.
     *
     * @param message Quarkus' own
     */
    public SettingProblem quarkusProblem(String message) {
        Matcher refusal = QUARKUS_REFUSAL.matcher(message);
        if (!refusal.matches()) {
            return redacted(SettingOrigin.NOWHERE.problem("", clean(message)));
        }
        String key = refusal.group("key");
        return redacted(view.place(key)
                .problem(key, clean("`" + refusal.group("value") + "` is refused: " + refusal.group("why"))));
    }

    private static String clean(String text) {
        return TokenMask.mask(text.replaceAll("\\s+", " "));
    }

    private SettingProblem redacted(SettingProblem settingProblem) {
        return new KeyPreservingRedactor(new ConfiguredSecrets(view).all()).redact(settingProblem);
    }
}
