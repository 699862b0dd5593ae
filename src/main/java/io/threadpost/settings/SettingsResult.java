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

/** What came of reading the settings: either all of them, or everything that is wrong with them. */
public final class SettingsResult {
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
        problems.addAll(new UnknownKeys(view, new CamelKeys(SettingsResult.class.getClassLoader())).find());
        problems.addAll(new RepeatedKeys(view.file()).find());
        new SecretLines(view.file()).find().forEach(trap -> {
            // Whatever else is wrong with the value follows from that.
            problems.removeIf(settingProblem -> settingProblem.key().equals(trap.key())
                    && settingProblem.place().equals(trap.place()));
            problems.add(trap);
        });
        problems.addAll(new DuplicateSecrets(view).find());
        // A secret may have been pasted into the wrong place, and be quoted there.
        Redactor redactor = new Redactor(view.secrets());
        problems.replaceAll(settingProblem -> settingProblem.redacted(redactor));
        return new SettingsResult(view, source, settings, problems);
    }

    /**
     * Reads what holds in a folder: system properties over the environment over its {@code application.properties} over
     * the defaults.
     *
     * @param folder where the file is looked for
     * @param profile the configuration profile when nobody names one, such as {@code prod}
     */
    public static SettingsResult in(Path folder, String profile) {
        Path path = folder.resolve(PropertiesFile.NAME).toAbsolutePath().normalize();
        boolean there = Files.exists(path);
        String source = there ? "read from " + path : "no " + PropertiesFile.NAME + " in " + path.getParent();
        try {
            ConfigView view = view(there ? PropertiesFile.read(path) : PropertiesFile.NONE, profile, folder);
            SettingsResult settingsResult = of(view, source);
            List<SettingProblem> problems = new ArrayList<>(settingsResult.problems);
            problems.addAll(new WeakSecrets(view).find());
            return new SettingsResult(view, source, settingsResult.settings, problems);
        } catch (InvalidSettings e) {
            return unreadable(source, profile, folder, e.problems());
        } catch (IOException e) {
            String what = "cannot be read: " + FolderCheck.reason(e) + "; make it a file that this user may read";
            return unreadable(
                    source, profile, folder, List.of(new SettingProblem(PropertiesFile.NAME, "", what, false)));
        }
    }

    /** Says nothing but what is wrong with the file: all else may only follow from that. */
    private static SettingsResult unreadable(
            String source, String profile, Path folder, List<SettingProblem> problems) {
        ConfigView view = view(PropertiesFile.NONE, profile, folder);
        return new SettingsResult(view, source, new SettingsReader(view).read(), problems);
    }

    private static ConfigView view(PropertiesFile file, String profile, Path folder) {
        Map<String, String> systemProperties = new HashMap<>();
        for (String key : System.getProperties().stringPropertyNames()) {
            // Another thread may take one away meanwhile.
            Optional.ofNullable(System.getProperty(key)).ifPresent(value -> systemProperties.put(key, value));
        }
        return ConfigView.of(systemProperties, System.getenv(), file, profile, folder);
    }

    /** Which file was read, for people; or that there was none. */
    public String source() {
        return source;
    }

    /** Everything that is wrong; empty when the settings can be used. */
    public List<SettingProblem> problems() {
        return problems;
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

    /** How requests get out of the house. */
    public NetworkSettings network() {
        return settings.network();
    }

    /** The folders that the settings name; the default of one that cannot be read. */
    public ConfiguredFolders folders() {
        return new ConfiguredFolders(
                settings.files().directory(),
                settings.files().access().orElse(FileAccess.GROUP),
                settings.ledger().postgresql()
                        ? Optional.empty()
                        : Optional.of(settings.ledger().sqliteFile()),
                settings.routes().directory(),
                settings.digest().templates(),
                settings.network().authorities());
    }

    /** The value that holds for any key, ours or not, with its default; empty when there is none, or an empty one. */
    public Optional<String> value(String key) {
        return view.find(key).flatMap(ConfigView.Found::value);
    }

    /** Every key that has a meaning here: the settings there are, and whatever else stands in the file. */
    public Set<String> keys() {
        Set<String> keys = new TreeSet<>(view.file().values().keySet());
        for (Setting<?> setting : SettingsCatalogue.withFiles()) {
            keys.addAll(view.keys(setting));
        }
        keys.addAll(TargetSwitches.keys());
        return keys;
    }

    /** Finds the secrets of ours that are set. */
    public SecretSearch secretSearch() {
        return new SecretSearch(view.credentials());
    }

    /**
     * Something wrong with the ledger, said at the place of its URL and without secrets.
     *
     * @param what what the database says, and what to do
     */
    public SettingProblem ledgerProblem(String what) {
        return place(SettingsCatalogue.LEDGER_URL)
                .problem(SettingsCatalogue.LEDGER_URL.key(), what)
                .redacted(new Redactor(view.secrets()));
    }

    /**
     * A value that Quarkus refuses, said at its place and without secrets.
     *
     * @param words Quarkus' own message
     */
    public SettingProblem quarkusProblem(String words) {
        return new QuarkusConfigError(words).problem(view).redacted(new Redactor(view.secrets()));
    }

    /** Whether somebody described the database in Quarkus' own words: then only Quarkus knows how to open it. */
    public boolean describesDataSource() {
        return view.mentions("quarkus.datasource.");
    }

    /** Where a setting was made; nowhere when its default holds. */
    SettingOrigin place(Setting<?> setting) {
        return view.place(setting.key());
    }
}
