package io.threadpost.mailbox;

import java.util.HashSet;
import java.util.Set;

import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.ListInfo;
import org.eclipse.angus.mail.imap.protocol.Namespaces;

/** Maps folder names as people write them to the server's: below its prefix, with its separator between the levels. */
final class ServerFolders {
    private final ImapConnection connection;
    private final String prefix;
    private final char separator;
    private final Set<String> there = new HashSet<>();

    ServerFolders(ImapConnection connection) {
        this.connection = connection;
        Namespaces.Namespace personal = personal();
        this.prefix = personal == null || personal.prefix == null ? "" : personal.prefix;
        this.separator = personal == null || personal.delimiter == 0 ? separator() : personal.delimiter;
    }

    private Namespaces.Namespace personal() {
        if (!connection.can("NAMESPACE")) {
            return null;
        }
        try {
            Namespaces namespaces = connection.protocol().namespace();
            boolean none = namespaces == null || namespaces.personal == null || namespaces.personal.length == 0;
            return none ? null : namespaces.personal[0];
        } catch (ProtocolException e) {
            if (!ImapConnection.refusal(e)) {
                throw connection.down("asking for the names of folders", e);
            }
            return null;
        }
    }

    private char separator() {
        ListInfo[] root = connection.required(
                "listing folders", () -> connection.protocol().list("", ""));
        return root == null || root.length == 0 || root[0].separator == 0 ? '/' : root[0].separator;
    }

    /** @param written as people write it, with {@code /} between the levels */
    String name(String written) {
        if (written.equalsIgnoreCase("INBOX")) {
            return "INBOX";
        }
        String name = written.replace('/', separator);
        return name.startsWith(prefix) ? name : prefix + name;
    }

    /**
     * Creates a folder that does not exist.
     *
     * @param name the server's name
     */
    void ensure(String name) throws ProtocolException {
        if (there.contains(name)) {
            return;
        }
        if (!exists(name)) {
            connection.protocol().create(name);
            subscribe(name);
        }
        there.add(name);
    }

    /** @param name the server's name */
    boolean exists(String name) throws ProtocolException {
        ListInfo[] found = connection.protocol().list("", name);
        return found != null && found.length > 0;
    }

    private void subscribe(String name) throws ProtocolException {
        try {
            connection.protocol().subscribe(name);
        } catch (ProtocolException e) {
            // Mail programs may not show the folder, but it works.
            if (!ImapConnection.refusal(e)) {
                throw e;
            }
        }
    }
}
