package io.threadpost.testing;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Mails that cost more than a mail should, by what makes them do so. */
public final class MailBombs {
    private static final String FROM = "From: Mallory <mallory@evil.example>\r\nSubject: Bomb\r\n";
    private static final String PARTS = FROM + "Content-Type: multipart/mixed; boundary=";
    private static final String HTML = FROM + "Content-Type: text/html\r\n\r\n";

    private final Map<String, Supplier<String>> bombs = new LinkedHashMap<>();

    private MailBombs() {
        boundaries();
        headers();
        words();
        addresses();
        html();
        contents();
    }

    /** @return each by its name, made when it is asked for */
    public static Map<String, Supplier<byte[]>> all() {
        Map<String, Supplier<byte[]>> all = new LinkedHashMap<>();
        new MailBombs()
                .bombs.forEach((name, bomb) -> all.put(name, () -> bomb.get().getBytes(StandardCharsets.ISO_8859_1)));
        return all;
    }

    private void boundaries() {
        bombs.put(
                "a boundary of 900,000 dashes",
                () -> PARTS + "\"" + "-".repeat(900_000) + "\"\r\n\r\n" + "-".repeat(4 << 20));
        bombs.put("dashes", () -> PARTS + "\"" + "-".repeat(70) + "\"\r\n\r\n" + "-".repeat(4 << 20));
        bombs.put(
                "lines like boundaries",
                () -> PARTS + "\"" + "-".repeat(69) + "x\"\r\n\r\n" + ("-".repeat(72) + "\r\n").repeat(60_000));
        bombs.put("parts in parts", () -> nested(30) + "\r\n" + ("-".repeat(64) + "\r\n").repeat(60_000));
        bombs.put("parts in parts in parts", () -> nested(20_000));
        bombs.put("parts", () -> PARTS + "b\r\n\r\n" + "--b\r\n\r\nx\r\n".repeat(100_000));
        bombs.put("parts that are nothing", () -> PARTS + "b\r\n\r\n" + "--b\r\n".repeat(200_000));
        bombs.put("mails in mails", () -> FROM + "Content-Type: message/rfc822\r\n\r\n".repeat(100_000));
        bombs.put("fields of a part", () -> PARTS + "b\r\n\r\n--b\r\n" + "a:\n".repeat(1_000_000));
        bombs.put("a long field of a part", () -> PARTS + "b\r\n\r\n--b\r\nX-Long: " + "y".repeat(3 << 20));
    }

    private static String nested(int depth) {
        StringBuilder nested = new StringBuilder(FROM);
        for (int i = 0; i < depth; i++) {
            String boundary = "-".repeat(i % 50) + i;
            nested.append("Content-Type: multipart/mixed; boundary=\"")
                    .append(boundary)
                    .append("\"\r\n\r\n--")
                    .append(boundary)
                    .append("\r\n");
        }
        return nested.toString();
    }

    private void headers() {
        bombs.put("a field without end", () -> FROM + "X: " + "y".repeat(8 << 20) + "\r\n\r\n");
        bombs.put("a million fields", () -> FROM + "a:\n".repeat(1_000_000) + "\n");
        bombs.put("fields of the sender's own", () -> FROM + "to:a\n".repeat(200_000) + "\n");
        bombs.put("broken lines", () -> FROM + "x\n".repeat(500_000) + "B: 2\n\n");
        bombs.put("a folded field", () -> FROM + "X: " + "\r\n y".repeat(1_000_000) + "\r\n\r\n");
        bombs.put("references", () -> FROM + "References: " + "<a@b> ".repeat(170_000) + "\r\n\r\nx");
        for (String name : new String[] {"References", "Message-ID", "In-Reply-To"}) {
            bombs.put(
                    name + " without brackets",
                    () -> FROM + (name + ": " + "a".repeat(1990) + "\r\n").repeat(510) + "\r\nx");
        }
        for (String line :
                new String[] {"Message-ID: " + "a".repeat(1990) + "\r\n", "X-Threadpost: a " + "a".repeat(3900) + "\r\n"
                }) {
            bombs.put(
                    "a report with the same " + line.substring(0, 4),
                    () -> "Return-Path: <>\r\n" + FROM + "\r\n" + line + "b: c\r\n".repeat(80_000));
        }
        bombs.put(
                "a report with a continued field",
                () -> "Return-Path: <>\r\n" + FROM + "\r\nMessage-ID: a\r\n" + " a\r\n".repeat(130_000));
        bombs.put(
                "more text in the header than is kept",
                () -> FROM + ("X-Long: " + "a ".repeat(1980) + "\r\n").repeat(100) + "\r\nx");
        bombs.put("a date", () -> FROM + "Date: " + "Mon, ".repeat(180_000) + "\r\n\r\nx");
        bombs.put(
                "continued parameters",
                () -> FROM + "Content-Type: text/plain" + ";name*1*=%41".repeat(80_000) + "\r\n\r\nx");
        bombs.put(
                "quotes in parameters",
                () -> FROM + "Content-Disposition: attachment; " + "filename=\"".repeat(90_000) + "\r\n\r\nx");
        bombs.put(
                "comments in comments",
                () -> FROM + "Authentication-Results: mx; " + "(".repeat(400_000) + ")".repeat(400_000)
                        + " dmarc=pass\r\n\r\n");
    }

    private void words() {
        bombs.put("words", () -> "Subject: " + "=?utf-8?B?YQ==?= ".repeat(60_000) + "\r\n\r\n");
        bombs.put("beginnings of words", () -> "Subject: " + "=?".repeat(300_000) + "\r\n\r\n");
        bombs.put("words without end", () -> "Subject: " + "=?utf-8?Q?".repeat(80_000) + "\r\n\r\n");
        bombs.put("question marks in words", () -> "Subject: =?u?Q?" + "?=AA".repeat(240_000) + "\r\n\r\n");
        bombs.put("unknown charsets", () -> "Subject: " + "=?x-no?Q?a?= ".repeat(70_000) + "\r\n\r\n");
        bombs.put("words of no charset", () -> ("X-A: " + "=?utf-8?B?oaKjpA==?= ".repeat(780) + "\r\n").repeat(60));
        bombs.put("words in words", () -> "Subject: =?utf-8?Q?" + "=3D=3F".repeat(100_000) + "?=\r\n\r\n");
    }

    private void addresses() {
        for (String piece : new String[] {"<", "(", "\" ", "\\\"", "<\"", "@", ":", ",", "a,", "mailto:", "a@b.c, "}) {
            bombs.put("from " + piece, () -> "From: " + piece.repeat(900_000 / piece.length()) + "\r\n\r\n");
        }
        for (String piece : new String[] {"a@" + ".".repeat(9980) + "x", "<a@" + ".".repeat(9980) + "x>", "=?", " @"}) {
            bombs.put(
                    "senders " + piece.substring(0, 2),
                    () -> "Subject: Bomb\r\n" + ("From: " + piece.repeat(9990 / piece.length()) + "\r\n").repeat(100)
                            + "\r\nx");
        }
        for (String piece :
                new String[] {"a@b x" + "-".repeat(9000) + " y", "a@b.c x, " + "x, ".repeat(3000) + "<c@d.e>"}) {
            bombs.put(
                    "names " + piece.substring(0, 5),
                    () -> "Subject: Bomb\r\n" + ("From: " + piece + "\r\n").repeat(100) + "\r\nx");
        }
        bombs.put("recipients", () -> FROM + ("Delivered-To: " + "a".repeat(130_000) + "\r\n").repeat(8) + "\r\nx");
        bombs.put("from ()", () -> "From: " + "(".repeat(450_000) + ")".repeat(450_000) + "\r\n\r\n");
        bombs.put("from punycode", () -> "From: a@" + "xn--a.".repeat(150_000) + "\r\n\r\n");
        bombs.put("from blanks", () -> "From: a" + " ".repeat(4000) + "@ ".repeat(900) + "\r\n\r\n");
    }

    private void html() {
        for (String piece : new String[] {
            "<div>",
            "<",
            "</",
            "<!--",
            "<!a",
            "<script></",
            "<a b=\"",
            "<table><tr><td>",
            "&",
            "&amp;",
            "&CounterClockwise",
            "&#x41",
            "&nbsp; ",
            "<br>          "
        }) {
            bombs.put("html " + piece, () -> HTML + piece.repeat((1 << 20) / piece.length()));
        }
        bombs.put("html attributes", () -> HTML + "<a " + "b ".repeat(1 << 20));
        bombs.put("html formats", () -> HTML + "<b><i><u><s><a><big><em>".repeat(2000) + "<p>".repeat(300_000));
    }

    private void contents() {
        for (String mark : new String[] {"-- \n> x\n", "--\n", "__\nx\n"}) {
            bombs.put(
                    "marks of signatures " + mark.strip(),
                    () -> FROM + "In-Reply-To: <a@b>\r\n\r\n" + mark.repeat(200_000 / mark.length()));
        }
        for (String encoding : new String[] {"base64", "quoted-printable"}) {
            for (String piece : new String[] {"!", "A=", " ", "=", "=\r"}) {
                bombs.put(
                        encoding + " " + piece,
                        () -> FROM + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n"
                                + piece.repeat((2 << 20) / piece.length()));
            }
        }
        for (String type : new String[] {"plain", "html"}) {
            bombs.put(
                    "24 parts of text/" + type,
                    () -> PARTS + "b\r\n\r\n"
                            + ("--b\r\nContent-Type: text/" + type + "; charset=windows-1251\r\n\r\n"
                                            + "<p>\u00cf".repeat(1 << 17) + "\r\n")
                                    .repeat(24));
        }
        for (String charset :
                new String[] {"big5", "euc-jp", "iso-2022-jp", "utf-7", "utf-16", "gb18030", "x-nothing"}) {
            bombs.put(
                    "junk in " + charset,
                    () -> FROM + "Content-Type: text/plain; charset=" + charset + "\r\n\r\n"
                            + "\u00f9\u0080\u00fe\u00a1~{+\u001b$B".repeat(1 << 16));
        }
        bombs.put("carriage returns", () -> FROM + "\r\n" + "\r".repeat(4 << 20));
    }
}
