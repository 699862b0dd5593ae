package io.threadpost.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

/** The file that people edit says what the catalogue says. */
class SettingsFileTest {
    private static final Pattern LINE = Pattern.compile("(?m)^(#?)(threadpost\\.[^=\\s]+)=(.*)$");

    @Test
    void everySettingStandsInTheFileWithItsDefaultAndNoOtherDoes() throws IOException {
        Map<String, String> expected = new LinkedHashMap<>();
        SettingsCatalogue.settings().forEach(setting -> expected.put(setting.example(), setting.byDefault()));

        Map<String, String> written = new LinkedHashMap<>();
        Matcher lines = LINE.matcher(Files.readString(Path.of("application.properties")));
        while (lines.find()) {
            assertThat(written.put(lines.group(2), lines.group(3)))
                    .as(lines.group(2))
                    .isNull();
        }

        assertThat(written).containsExactlyEntriesOf(expected);
    }

    @Test
    void onlyWhatMustBeFilledInIsSwitchedOn() throws IOException {
        assertThat(PropertiesFile.read(Path.of("application.properties")).values())
                .containsOnlyKeys(
                        SettingsCatalogue.CONNECTOR_ADDRESS.key(),
                        SettingsCatalogue.CONNECTOR_CLIENT_TOKEN.key(),
                        SettingsCatalogue.CONNECTIONS_ACCESS_TOKEN.key("main"))
                .allSatisfy((key, value) -> assertThat(value).isEmpty());
    }

    @Test
    void everySettingIsDescribedInOneSentence() {
        assertThat(SettingsCatalogue.settings()).allSatisfy(setting -> {
            assertThat(setting.description()).matches("[A-Z][^\\n]+\\.");
            assertThat(setting.type().format()).isNotBlank();
        });
    }

    @Test
    void everyConstantIsInTheListUnderTheNameOfItsKeyAndAcceptsItsDefault() throws IllegalAccessException {
        Map<String, Setting<?>> constants = new LinkedHashMap<>();
        for (Field field : SettingsCatalogue.class.getDeclaredFields()) {
            if (field.getType() == Setting.class) {
                constants.put(field.getName(), (Setting<?>) field.get(null));
            }
        }

        assertThat(constants.values()).containsExactlyInAnyOrderElementsOf(SettingsCatalogue.settings());
        assertThat(constants).allSatisfy((name, setting) -> {
            assertThat(SettingOrigin.variable(setting.key().replace("<name>.", "")))
                    .isEqualTo("THREADPOST_" + name);
            assertThatCode(setting::defaultValue).doesNotThrowAnyException();
        });
    }
}
