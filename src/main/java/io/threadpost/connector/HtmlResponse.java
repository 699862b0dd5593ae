package io.threadpost.connector;

/**
 * An answer that is a page for people: a proxy, a login or another server stands where the platform was looked for. The
 * platform itself answers JSON only.
 *
 * @param body the beginning of an answer at least
 */
record HtmlResponse(byte[] body) {
    private static final String WHAT = "an HTML page instead of the platform's JSON";

    /** What to say about it, with the setting to look at unless the failure's own advice names that. */
    static String words(ConnectorFailure connectorFailure) {
        return connectorFailure.advice().contains("threadpost.connector.address")
                ? WHAT
                : WHAT + "; if it stays so, check threadpost.connector.address and any proxy on the way";
    }

    /** Whether the body begins as HTML does and JSON never. */
    boolean is() {
        for (byte b : body) {
            // Negative: the mark that some servers begin UTF-8 with.
            if (b > ' ') {
                return b == '<';
            }
        }
        return false;
    }
}
