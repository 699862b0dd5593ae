package io.threadpost.routecheck;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;

/** Looks at the options of {@code files:} that the component itself would refuse at the start. */
record FilesCheck(Placeholders placeholders, FindingCollector report) {
    void check(EndpointUse use, ComponentModel componentModel) {
        if (componentModel.scheme().equals("files")) {
            use.parameters().ifPresent(map -> map.entries().forEach(entry -> option(entry.name(), entry.value())));
        }
    }

    private void option(String name, YamlNode value) {
        String text = placeholders.resolve(value.text()).strip();
        if (text.isEmpty() || text.contains("{{")) {
            return;
        }
        switch (name) {
            case "folder", "name" -> {
                if (text.matches("/.*|[A-Za-z]:.*|.*\\\\.*|(.*/)?\\.{1,2}(/.*)?")) {
                    report.error(
                            value,
                            "`" + name + "` leads elsewhere",
                            "write a place below threadpost.files.directory, such as ${header.ThreadpostConnection}");
                }
            }
            case "separator" -> {
                if (text.length() > 1 && !text.matches("comma|semicolon|tab|\\\\t")) {
                    report.error(
                            value,
                            "the separator cannot be " + report.quote(text),
                            "write one character, comma, semicolon or tab");
                }
            }
            case "charset" -> {
                if (!supported(text)) {
                    report.error(
                            value,
                            "there is no charset " + report.quote(text),
                            "write one such as UTF-8 or windows-1250");
                }
            }
            default -> {}
        }
    }

    private static boolean supported(String charset) {
        try {
            return charset.equalsIgnoreCase("UTF-8-BOM") || Charset.isSupported(charset);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
