package io.threadpost.settings;

import java.util.Locale;

/** How a connection to a mail server is encrypted. */
record TlsText() implements ValueType<Tls> {
    @Override
    public Tls parse(String text) throws RefusedValue {
        for (Tls tls : Tls.values()) {
            if (tls.name().toLowerCase(Locale.ROOT).equals(text)) {
                return tls;
            }
        }
        throw new RefusedValue("`" + text + "` is none of " + form() + "; write one of them");
    }

    @Override
    public String form() {
        return "none, starttls, tls";
    }
}
