package io.threadpost.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Types of settings without structure: text, numbers, words, paths, and lists of ids and keys. */
final class PlainTypes {
    private static final int SHORTEST_KEY = 16;

    /** The languages that digests are written in. */
    static final List<String> LANGUAGES = List.of("en", "de", "cs");

    /** Each thousand of them is a request more for every poll. */
    private static final int MAX_ENTERPRISES = 20_000;

    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,5})\\s*(MB|GB)");

    private PlainTypes() {}

    /** Any text on one line. */
    static ValueType<String> text() {
        return ValueType.ofText("text", text -> oneLine(text, "write it on one line"));
    }

    /** A token or password. No message about it quotes it. */
    static ValueType<String> secret() {
        return new ValueType<>("secret", true, "", text -> oneLine(text, "copy it again"));
    }

    /** A secret that others see results of, and could find by trying. */
    static ValueType<String> signingKey() {
        return new ValueType<>("secret of at least " + SHORTEST_KEY + " characters", true, "", text -> {
            if (!text.isEmpty() && text.length() < SHORTEST_KEY) {
                throw new InvalidSettingValue("is shorter than " + SHORTEST_KEY
                        + " characters, so it could be found by trying; take a longer one, or leave it out");
            }
            return oneLine(text, "copy it again");
        });
    }

    private static String oneLine(String text, String advice) throws InvalidSettingValue {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidSettingValue("has a line break or another control character; " + advice);
        }
        return text;
    }

    /** True or false. */
    static ValueType<Boolean> flag() {
        return ValueType.of("true or false", text -> {
            if (!text.equals("true") && !text.equals("false")) {
                throw new InvalidSettingValue("`" + text + "` is neither true nor false; write one of them");
            }
            return text.equals("true");
        });
    }

    /** A whole number within bounds, both inclusive. */
    static ValueType<Integer> integer(int min, int max) {
        String format = "from " + min + " to " + max;
        return ValueType.of(format, text -> {
            long number;
            try {
                number = Long.parseLong(text);
            } catch (NumberFormatException e) {
                throw new InvalidSettingValue("`" + text + "` is not a whole number; write one " + format);
            }
            if (number < min || number > max) {
                throw new InvalidSettingValue("`" + text + "` is out of range; write a whole number " + format);
            }
            return (int) number;
        });
    }

    /** A number of bytes, written in powers of 1024. */
    static ValueType<Long> size() {
        String format = "like 500MB or 10GB";
        return ValueType.of(format, text -> {
            Matcher size = SIZE.matcher(text.toUpperCase(Locale.ROOT));
            if (!size.matches()) {
                throw new InvalidSettingValue("`" + text + "` is not a size; write one " + format);
            }
            return Long.parseLong(size.group(1)) << (size.group(2).equals("MB") ? 20 : 30);
        });
    }

    /** One of a few words, which are the constants' names in lower case. */
    static <E extends Enum<E>> ValueType<E> oneOf(Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        String format = constants.stream().map(PlainTypes::word).collect(Collectors.joining(", "));
        return ValueType.of(format, text -> constants.stream()
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new InvalidSettingValue("`" + text + "` cannot be used; write one of " + format)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A folder or file, relative to the working directory unless absolute. */
    static ValueType<Path> path() {
        return ValueType.of("path", text -> {
            Optional<String> refusal = new SystemLocale().refusal(text);
            if (refusal.isPresent()) {
                throw new InvalidSettingValue(refusal.get());
            }
            try {
                return Path.of(text);
            } catch (InvalidPathException e) {
                throw new InvalidSettingValue(
                        "`" + text.replace('\0', '?') + "` is not a path; write one like out/threads");
            }
        });
    }

    /** Keys of settings, separated by commas. */
    static ValueType<List<String>> keys() {
        String format = "keys separated by commas, such as crm.login,crm.pin";
        return new ValueType<>(format, false, List.of(), text -> {
            List<String> keys =
                    Arrays.stream(text.split(",")).map(String::strip).toList();
            for (String key : keys) {
                if (!key.matches("[^\\s=:{}$]+")) {
                    throw new InvalidSettingValue("`" + key + "` is not the key of a setting; write " + format);
                }
            }
            return keys;
        });
    }

    /** Names of users, separated by commas. */
    static ValueType<List<String>> users() {
        return new ValueType<>("names separated by commas", false, List.of(), text -> {
            List<String> users =
                    Arrays.stream(text.split(",")).map(String::strip).toList();
            for (String user : users) {
                if (!user.matches("[\\p{L}\\p{N}._@+-]{1,100}")) {
                    throw new InvalidSettingValue(
                            "`" + user + "` is not the name of a user; write names separated by commas");
                }
            }
            return users;
        });
    }

    /** The name of a header of HTTP. */
    static ValueType<String> httpHeader() {
        return ValueType.of("name of a header, such as X-Forwarded-User", text -> {
            if (!text.matches("[A-Za-z0-9-]{1,100}")) {
                throw new InvalidSettingValue(
                        "`" + text + "` is not the name of a header; write one like X-Forwarded-User");
            }
            return text;
        });
    }

    /** UUIDs of enterprises, separated by commas. */
    static ValueType<List<String>> enterpriseIds() {
        String format = "UUIDs separated by commas, at most " + MAX_ENTERPRISES;
        return new ValueType<>(format, false, List.of(), text -> {
            List<String> ids = new ArrayList<>();
            for (String part : text.split(",", -1)) {
                String id = part.strip();
                if (!UUID.matcher(id).matches()) {
                    throw new InvalidSettingValue("`" + id + "` is not a UUID; write UUIDs separated by commas, such as"
                            + " 851df8c8-90f2-4c4a-8e01-a4fc46b25178");
                }
                if (ids.stream().anyMatch(id::equalsIgnoreCase)) {
                    throw new InvalidSettingValue("`" + id + "` is listed twice; write it once");
                }
                ids.add(id);
            }
            if (ids.size() > MAX_ENTERPRISES) {
                throw new InvalidSettingValue("has " + ids.size() + " UUIDs; a connection has at most "
                        + MAX_ENTERPRISES + ", so split them over several connections");
            }
            return List.copyOf(ids);
        });
    }

    /** A language that digests are written in, with a country where dates differ. */
    static ValueType<Locale> language() {
        String format = "en, de or cs, or one of them with a country, such as en-GB";
        return ValueType.of(format, text -> {
            Locale locale = Locale.forLanguageTag(text);
            if (!text.matches("[a-z]{2}(-[A-Z]{2})?") || !LANGUAGES.contains(locale.getLanguage())) {
                throw new InvalidSettingValue("`" + text + "` is not a language of digests; write " + format);
            }
            return locale;
        });
    }

    /** The name of a folder on a mail server. */
    static ValueType<String> mailFolder() {
        return ValueType.ofText("folder, with / between the levels", text -> {
            if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '*' || c == '%')) {
                throw new InvalidSettingValue("`" + text.replaceAll("\\p{Cntrl}", "?")
                        + "` has a character that no folder's name can have; write it as the mail program shows it");
            }
            return text;
        });
    }

    /** The name of a topic, as Kafka allows it. */
    static ValueType<String> topic() {
        return ValueType.ofText("name of a topic", text -> {
            if (!text.matches("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}")) {
                throw new InvalidSettingValue(
                        "`" + text + "` is not the name of a topic; write letters, digits, `.`, `_` and `-`");
            }
            return text;
        });
    }
}
