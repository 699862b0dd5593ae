package io.threadpost.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An IMAP server in memory that does what it is told: it has the extensions that a test gives it, numbers its mails
 * anew, shows mails late, and answers oddly. Speaks as much of IMAP4rev1 as is needed. What it was sent it remembers.
 */
public final class ModelImapServer implements AutoCloseable {
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("dd-MMM-uuuu HH:mm:ss Z", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-MMM-uuuu", Locale.ROOT);
    private static final Pattern PARTIAL = Pattern.compile("BODY\\.PEEK\\[(.*?)](<(\\d+)\\.(\\d+)>)?");

    private final ServerCertificate certificate;
    private final boolean atOnce;
    private final ServerSocket door;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final Map<String, Folder> folders = new LinkedHashMap<>();
    private final List<String> said = Collections.synchronizedList(new ArrayList<>());
    private final List<String> inClear = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, Function<String, String>> answers = new ConcurrentHashMap<>();
    private final List<Long> hidden = new CopyOnWriteArrayList<>();
    private volatile Set<String> capabilities = Set.of("UIDPLUS", "MOVE");
    private volatile boolean tellsNext = true;
    private volatile boolean partial = true;
    private volatile String namespace = "";
    private volatile String password = "secret-of-the-mailbox";
    private volatile String token = "";

    /** A mail. */
    public static final class Kept {
        private final byte[] raw;
        private final Instant received;
        private final Set<String> flags = new TreeSet<>();

        private Kept(byte[] raw, Instant received) {
            this.raw = raw;
            this.received = received;
        }

        public String text() {
            return new String(raw, StandardCharsets.ISO_8859_1);
        }

        public Set<String> flags() {
            return flags;
        }

        private Kept copy() {
            Kept copy = new Kept(raw, received);
            copy.flags.addAll(flags);
            return copy;
        }
    }

    private static final class Folder {
        private final TreeMap<Long, Kept> mails = new TreeMap<>();
        private long validity = 1;
        private long next = 1;

        private long add(Kept mail) {
            mails.put(next, mail);
            return next++;
        }
    }

    public ModelImapServer() {
        this(null, false);
    }

    /**
     * @param certificate what it shows when a session is encrypted; null: none is
     * @param atOnce whether sessions are encrypted from the first byte on; else by STARTTLS
     */
    public ModelImapServer(ServerCertificate certificate, boolean atOnce) {
        this.certificate = certificate;
        this.atOnce = atOnce;
        folders.put("INBOX", new Folder());
        try {
            door = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    public int port() {
        return door.getLocalPort();
    }

    /** The extensions it has, such as {@code MOVE}. */
    public void capabilities(String... names) {
        capabilities = Set.of(names);
    }

    /** Whether it says UIDNEXT. */
    public void tellsNext(boolean tells) {
        tellsNext = tells;
    }

    /** Whether it hands out parts, or always the whole mail. */
    public void partial(boolean parts) {
        partial = parts;
    }

    /** What all folders but INBOX have to begin with. */
    public void namespace(String prefix) {
        namespace = prefix;
    }

    public void password(String right) {
        password = right;
    }

    /** The one access token that it takes. */
    public void token(String right) {
        token = right;
    }

    /**
     * From now on, this is the answer to a command.
     *
     * @param command the beginning of it, without the tag, such as {@code UID FETCH 3 }
     * @param answer such as {@code BAD no}; {@code hang up}; null for the usual one
     */
    public void answer(String command, String answer) {
        if (answer == null) {
            answers.remove(command);
        } else {
            answers.put(command, line -> answer);
        }
    }

    /** Does something before it answers a command as usual. */
    public void before(String command, Runnable deed) {
        answers.put(command, line -> {
            answers.remove(command);
            deed.run();
            return null;
        });
    }

    /** From now on it takes so long before it answers a command as usual. */
    public void slow(String command, Duration delay) {
        answers.put(command, line -> {
            try {
                Thread.sleep(delay.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return null;
        });
    }

    public synchronized long put(String folder, String mail, Instant received) {
        return put(folder, mail.getBytes(StandardCharsets.ISO_8859_1), received);
    }

    public synchronized long put(String folder, byte[] mail, Instant received) {
        return folders.computeIfAbsent(folder, name -> new Folder()).add(new Kept(mail, received));
    }

    /** The mail is there, and nobody is shown it until {@link #show}. */
    public void hide(long uid) {
        hidden.add(uid);
    }

    public void show(long uid) {
        hidden.remove(uid);
    }

    /**
     * Numbers the mails of a folder anew.
     *
     * @param received the date that all get; null when each keeps its own
     */
    public synchronized void renumber(String folder, Instant received) {
        Folder old = folders.get(folder);
        Folder anew = new Folder();
        anew.validity = old.validity + 1;
        old.mails.values().forEach(mail -> {
            Kept kept = new Kept(mail.raw, received == null ? mail.received : received);
            kept.flags.addAll(mail.flags);
            anew.add(kept);
        });
        folders.put(folder, anew);
    }

    public synchronized void validity(String folder, long validity) {
        folders.get(folder).validity = validity;
    }

    /** Which UID the next mail gets. */
    public synchronized void next(String folder, long next) {
        folders.get(folder).next = next;
    }

    /**
     * Copies or moves a mail as a person does.
     *
     * @return its new UID
     */
    public synchronized long copy(String from, long uid, String to) {
        return folders.computeIfAbsent(to, name -> new Folder())
                .add(folders.get(from).mails.get(uid).copy());
    }

    public synchronized void remove(String folder, long uid) {
        folders.get(folder).mails.remove(uid);
    }

    /** @return what lies in a folder, by UID; empty when there is no such folder */
    public synchronized Map<Long, Kept> mails(String folder) {
        return folders.containsKey(folder) ? new TreeMap<>(folders.get(folder).mails) : Map.of();
    }

    public synchronized Set<String> folders() {
        return new TreeSet<>(folders.keySet());
    }

    /** @return the commands it was given, without their tags */
    public List<String> commands() {
        synchronized (said) {
            return List.copyOf(said);
        }
    }

    /** @return those of the commands that were given in clear */
    public List<String> commandsInClear() {
        synchronized (inClear) {
            return List.copyOf(inClear);
        }
    }

    /** Breaks all connections. */
    public void hangUp() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        open.clear();
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = door.accept();
                open.add(socket);
                daemon(() -> new Talk().with(socket, atOnce));
            }
        } catch (IOException e) {
            // closed
        }
    }

    /** One connection. */
    private final class Talk {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private InputStream in;
        private String selected;
        private boolean writable;

        void with(Socket plain, boolean encrypted) {
            try (Socket socket = encrypted ? certificate.encrypt(plain) : plain;
                    OutputStream wire = socket.getOutputStream()) {
                in = socket.getInputStream();
                // After STARTTLS the other side speaks first.
                if (!encrypted || atOnce) {
                    say("* OK model server");
                    flush(wire);
                }
                for (String line = line(); line != null; line = line()) {
                    line = literals(line, wire);
                    String tag = line.substring(0, line.indexOf(' '));
                    String command = line.substring(tag.length() + 1);
                    said.add(command);
                    if (!encrypted) {
                        inClear.add(command);
                    }
                    String given = given(command);
                    if ("hang up".equals(given)) {
                        return;
                    }
                    boolean encrypts = command.equals("STARTTLS") && certificate != null;
                    say(tag + " " + (encrypts ? "OK" : given == null ? answer(command, wire) : given));
                    flush(wire);
                    if (encrypts) {
                        with(socket, true);
                    }
                    if (encrypts || command.equals("LOGOUT")) {
                        return;
                    }
                }
            } catch (IOException e) {
                // the other side, or this one, hung up
            }
        }

        private String given(String command) {
            return answers.entrySet().stream()
                    .filter(answer -> command.startsWith(answer.getKey()))
                    .map(answer -> answer.getValue().apply(command))
                    .filter(answer -> answer != null)
                    .findFirst()
                    .orElse(null);
        }

        private String answer(String command, OutputStream wire) throws IOException {
            String verb = command.startsWith("UID ") ? command.substring(4) : command;
            List<String> words = words(verb);
            if (words.get(0).equals("AUTHENTICATE")) {
                return authenticate(words, wire);
            }
            synchronized (ModelImapServer.this) {
                return switch (words.get(0)) {
                    case "CAPABILITY" -> {
                        say("* CAPABILITY IMAP4rev1 AUTH=PLAIN " + String.join(" ", capabilities));
                        yield "OK";
                    }
                    case "NAMESPACE" -> {
                        say("* NAMESPACE ((\"" + namespace + "\" \".\")) NIL NIL");
                        yield "OK";
                    }
                    case "LOGIN" -> words.get(2).equals(password) ? "OK" : "NO [AUTHENTICATIONFAILED] wrong";
                    case "EXAMINE", "SELECT" ->
                        select(words.get(1), words.get(0).equals("SELECT"));
                    case "LIST" -> list(words.get(2));
                    case "CREATE" -> create(words.get(1));
                    case "SEARCH" -> search(words);
                    case "FETCH" -> fetch(words.get(1), verb.substring(verb.indexOf('(')));
                    case "STORE" -> store(words.get(1), words.get(2), verb.substring(verb.indexOf('(')));
                    case "COPY", "MOVE" ->
                        copy(words.get(1), words.get(2), words.get(0).equals("MOVE"));
                    case "EXPUNGE" -> expunge(words);
                    case "SUBSCRIBE", "LOGOUT", "NOOP" -> "OK";
                    default -> "BAD " + words.get(0) + " is not known here";
                };
            }
        }

        private String authenticate(List<String> words, OutputStream wire) throws IOException {
            String response = words.size() > 2 ? words.get(2) : null;
            if (response == null) {
                say("+ ");
                flush(wire);
                response = line();
            }
            String plain = new String(Base64.getDecoder().decode(response), StandardCharsets.UTF_8);
            boolean right = words.get(1).equals("PLAIN")
                    ? plain.endsWith("\0" + password)
                    : plain.matches("user=[^\1]+\1auth=Bearer " + Pattern.quote(token) + "\1\1");
            if (!right && words.get(1).equals("XOAUTH2")) {
                say("+ eyJzdGF0dXMiOiI0MDAifQ==");
                flush(wire);
                line();
            }
            return right ? "OK" : "NO [AUTHENTICATIONFAILED] wrong";
        }

        private String select(String folder, boolean write) {
            Folder there = folders.get(folder);
            if (there == null) {
                selected = null;
                return "NO no such folder";
            }
            selected = folder;
            writable = write;
            say("* FLAGS (\\Seen \\Deleted \\Flagged)");
            say("* " + there.mails.size() + " EXISTS");
            say("* OK [UIDVALIDITY " + there.validity + "] so");
            if (tellsNext) {
                say("* OK [UIDNEXT " + there.next + "] so");
            }
            say("* OK [PERMANENTFLAGS (\\Seen \\Deleted \\Flagged" + (capabilities.contains("KEYWORDS") ? " \\*" : "")
                    + ")] so");
            return write ? "OK [READ-WRITE] so" : "OK [READ-ONLY] so";
        }

        private String list(String name) {
            if (name.isEmpty()) {
                say("* LIST (\\Noselect) \".\" \"\"");
            } else if (folders.containsKey(name)) {
                say("* LIST () \".\" \"" + name + "\"");
            }
            return "OK";
        }

        private String create(String name) {
            if (!name.startsWith(namespace)) {
                return "NO folders begin with " + namespace;
            }
            folders.put(name, new Folder());
            return "OK";
        }

        private String search(List<String> words) {
            TreeSet<Long> found = new TreeSet<>(folder().mails.keySet());
            found.removeAll(hidden);
            for (int i = 1; i < words.size(); i++) {
                switch (words.get(i)) {
                    case "UID" -> found.retainAll(new HashSet<>(range(words.get(++i))));
                    case "SINCE" -> {
                        LocalDate day = LocalDate.parse(words.get(++i), DAY);
                        found.removeIf(uid -> folder().mails
                                .get(uid)
                                .received
                                .atZone(ZoneOffset.UTC)
                                .toLocalDate()
                                .isBefore(day));
                    }
                    default -> {
                        // HEADER MESSAGE-ID what
                        String what = words.get(i + 2);
                        i += 2;
                        found.removeIf(uid -> !folder().mails.get(uid).text().contains(what));
                    }
                }
            }
            StringBuilder line = new StringBuilder("* SEARCH");
            found.forEach(uid -> line.append(' ').append(uid));
            say(line.toString());
            return "OK";
        }

        private String fetch(String uids, String items) {
            for (long uid : range(uids)) {
                Kept mail = folder().mails.get(uid);
                if (mail == null || hidden.contains(uid)) {
                    continue;
                }
                text("* " + (folder().mails.headMap(uid).size() + 1) + " FETCH (UID " + uid);
                if (items.contains("INTERNALDATE")) {
                    text(" INTERNALDATE \"" + DATE.format(mail.received) + "\"");
                }
                if (items.contains("RFC822.SIZE")) {
                    text(" RFC822.SIZE " + mail.raw.length);
                }
                Matcher body = PARTIAL.matcher(items);
                if (body.find()) {
                    body(mail, body);
                }
                say(")");
            }
            return "OK";
        }

        private void body(Kept mail, Matcher asked) {
            byte[] bytes = mail.raw;
            String origin = "";
            if (asked.group(1).startsWith("HEADER.FIELDS")) {
                String header = mail.text().split("\r\n\r\n", 2)[0];
                StringBuilder fields = new StringBuilder();
                for (String field : header.split("\r\n(?![ \t])")) {
                    if (field.toLowerCase(Locale.ROOT).matches("(?s)(message-id|received):.*")) {
                        fields.append(field).append("\r\n");
                    }
                }
                bytes = fields.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
            } else if (asked.group(2) != null && partial) {
                int from = Math.min(bytes.length, Integer.parseInt(asked.group(3)));
                int to = Math.min(bytes.length, from + Integer.parseInt(asked.group(4)));
                bytes = java.util.Arrays.copyOfRange(bytes, from, to);
                origin = "<" + asked.group(3) + ">";
            }
            text(" BODY[" + asked.group(1) + "]" + origin + " {" + bytes.length + "}\r\n");
            out.writeBytes(bytes);
        }

        private String store(String uids, String how, String flags) {
            if (!writable) {
                return "NO the folder is open to be read only";
            }
            for (long uid : range(uids)) {
                Kept mail = folder().mails.get(uid);
                if (mail != null && how.startsWith("+")) {
                    mail.flags.addAll(List.of(flags.replaceAll("[()]", "").split(" ")));
                }
            }
            return "OK";
        }

        private String copy(String uids, String to, boolean move) {
            if (move && !capabilities.contains("MOVE")) {
                return "BAD no MOVE here";
            }
            Folder target = folders.get(to);
            if (target == null) {
                return "NO [TRYCREATE] no such folder";
            }
            String code = "";
            for (long uid : range(uids)) {
                Kept mail = folder().mails.get(uid);
                if (mail != null) {
                    code = "[COPYUID " + target.validity + " " + uid + " " + target.add(mail.copy()) + "] ";
                    if (move) {
                        folder().mails.remove(uid);
                    }
                }
            }
            return "OK " + (capabilities.contains("UIDPLUS") ? code : "") + "so";
        }

        private String expunge(List<String> words) {
            if (words.size() < 2 || !capabilities.contains("UIDPLUS")) {
                return "BAD";
            }
            folder().mails
                    .keySet()
                    .removeIf(uid -> range(words.get(1)).contains(uid)
                            && folder().mails.get(uid).flags.contains("\\Deleted"));
            return "OK";
        }

        private Folder folder() {
            return folders.get(selected);
        }

        private List<Long> range(String text) {
            String[] ends = text.split(":");
            long last = folder().mails.isEmpty() ? 0 : folder().mails.lastKey();
            long from = Long.parseLong(ends[0]);
            long to = ends.length == 1 ? from : ends[1].equals("*") ? last : Long.parseLong(ends[1]);
            return new ArrayList<>(folder().mails
                    .subMap(Math.min(from, to), true, Math.max(from, to), true)
                    .keySet());
        }

        private void say(String line) {
            text(line + "\r\n");
        }

        private void text(String text) {
            out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        private void flush(OutputStream wire) throws IOException {
            wire.write(out.toByteArray());
            wire.flush();
            out.reset();
        }

        private String literals(String line, OutputStream wire) throws IOException {
            String whole = line;
            while (whole.matches("(?s).*\\{\\d+}")) {
                int count = Integer.parseInt(whole.replaceFirst("(?s).*\\{(\\d+)}", "$1"));
                say("+ go on");
                flush(wire);
                String literal = new String(in.readNBytes(count), StandardCharsets.ISO_8859_1);
                whole = whole.replaceFirst("\\{\\d+}$", "") + '"' + literal + '"' + line();
            }
            return whole;
        }

        private String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0) {
                    return null;
                }
                if (next != '\r') {
                    line.write(next);
                }
            }
            return line.toString(StandardCharsets.ISO_8859_1);
        }
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S+)").matcher(text);
        while (matcher.find()) {
            words.add(
                    matcher.group(1) == null
                            ? matcher.group(2)
                            : matcher.group(1).replaceAll("\\\\(.)", "$1"));
        }
        return words;
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "model-imap-server");
        thread.setDaemon(true);
        thread.start();
    }
}
