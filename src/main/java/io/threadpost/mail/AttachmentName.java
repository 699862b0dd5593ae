package io.threadpost.mail;

import io.threadpost.text.PlainText;

/** What an attachment is called: as its disposition says, or else its type. */
final class AttachmentName {
    private static final int LONGEST = 300;

    private AttachmentName() {}

    /** @return one line; empty when it has no name */
    static String of(FieldParameters disposition, FieldParameters type) {
        String name = disposition.get("filename");
        for (String other : new String[] {disposition.get("name"), type.get("name"), type.get("filename")}) {
            name = name.isBlank() ? other : name;
        }
        return PlainText.line(name, LONGEST);
    }
}
