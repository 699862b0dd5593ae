package io.threadpost.settings;

/** The name of a folder on a mail server. */
record MailFolder() implements ValueType<String> {
    @Override
    public String parse(String text) throws InvalidSettingValue {
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || c == '*' || c == '%')) {
            throw new InvalidSettingValue("`" + text.replaceAll("\\p{Cntrl}", "?")
                    + "` has a character that no folder's name can have; write it as the mail program shows it");
        }
        return text;
    }

    @Override
    public String form() {
        return "folder, with / between the levels";
    }
}
