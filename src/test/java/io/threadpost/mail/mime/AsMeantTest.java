package io.threadpost.mail.mime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names, subjects, texts and attachments as mail programs show them, whatever the book says. */
class AsMeantTest {
    private static MimeMail mail(String header) {
        return ReadMails.read((header + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "eva@guest.example via Booking <relay@portal.example> | eva@guest.example via Booking "
                        + "<relay@portal.example>",
                "Eva @ Home <eva@guest.example> | Eva @ Home <eva@guest.example>",
                "\"eva@guest.example\" <eva@guest.example> | eva@guest.example",
                "'eva@guest.example' <mallory@evil.example> | eva@guest.example <mallory@evil.example>",
                "\"ceo@hotel.example\" <mallory@evil.example> | ceo@hotel.example <mallory@evil.example>",
                "Meier KG (Buchhaltung) <b@guest.example> | Meier KG (Buchhaltung) <b@guest.example>",
                "(Eva) <eva@guest.example> | Eva <eva@guest.example>",
                "eva@guest.example (Eva (from Brno)) | Eva (from Brno) <eva@guest.example>",
                "Eva <eva@guest.example> (on the way) | Eva <eva@guest.example>",
                "Hotel: Rezeption <r@guest.example> | Hotel: Rezeption <r@guest.example>",
                "Re: Eva <eva@guest.example> | Re: Eva <eva@guest.example>",
                "mailto:eva@guest.example | eva@guest.example",
                "<mailto:eva@guest.example> | eva@guest.example",
                "Eva <MAILTO:eva@guest.example> | Eva <eva@guest.example>",
                "Novak, Eva <eva@guest.example> | Novak, Eva <eva@guest.example>",
                "\"Novak, Eva\" <eva@guest.example> | Novak, Eva <eva@guest.example>",
                "\"Eva \\\"E\\\" Novak\" <eva@guest.example> | Eva \"E\" Novak <eva@guest.example>",
                "Eva <eva @ guest.example> | Eva <eva@guest.example>",
                "eva @ guest.example | eva@guest.example",
                "<@relay.example:eva@guest.example> | eva@guest.example",
                "Eva <eva@guest.example | Eva <eva@guest.example>",
                "Eva eva@guest.example> | Eva <eva@guest.example>",
                "\"Eva <eva@guest.example> | Eva <eva@guest.example>",
                "Eva <> | Eva",
                "\"Eva N.\"@guest.example | \"Eva N.\"@guest.example",
                "Friends: Eva <eva@guest.example>, pan@guest.example; | Eva <eva@guest.example>, pan@guest.example",
                "eva@guest.example; pan@guest.example | eva@guest.example, pan@guest.example",
                "Eva <eva@guest.example> Pan <pan@guest.example> | Eva <eva@guest.example>, Pan <pan@guest.example>",
                "=?utf-8?Q?Nov=C3=A1k=2C_Eva_=28Brno=29?= <eva@guest.example> | Novák, Eva (Brno) <eva@guest.example>",
                "=?utf-8?Q?mallory=40evil.example?= <eva@guest.example> | mallory@evil.example <eva@guest.example>",
                "=?utf-8?Q?Eva <eva@guest.example> | Eva <eva@guest.example>",
                "Eva [mailto:eva@guest.example] | Eva <eva@guest.example>",
                "Eva;Novak <eva@guest.example> | Eva; Novak <eva@guest.example>",
                "Eva <.eva@guest.example> | Eva <.eva@guest.example>",
                "Eva Novak <eva> | Eva Novak <eva>",
                "Eva (mailto:eva@guest.example) | Eva <eva@guest.example>",
                "Eva <mailto:eva@guest.example?subject=Hi> | Eva <eva@guest.example>",
                "mailto:Eva <eva@guest.example> | Eva <eva@guest.example>",
                "SMTP:eva@guest.example | eva@guest.example",
                "<eva@guest.example> Eva | Eva <eva@guest.example>",
                "Meier (Buchhaltung) b@guest.example | Meier (Buchhaltung) <b@guest.example>",
                "Meier KG (=?utf-8?Q?K=C3=B6ln?=) <b@guest.example> | Meier KG (Köln) <b@guest.example>",
                "=?utf-8?Q?Meier_(K=C3=B6ln),_KG?= <b@guest.example> | Meier (Köln), KG <b@guest.example>",
                "Eva () <eva@guest.example> | Eva <eva@guest.example>",
                "<eva@guest.example>. | eva@guest.example",
                "Eva - eva@guest.example | Eva <eva@guest.example>",
                "Eva &lt;eva@guest.example&gt; | Eva <eva@guest.example>",
                "Eva ＜eva＠guest.example＞ | Eva <eva@guest.example>",
                "eva@guest.example via Tours, Inc. <relay@portal.example> | eva@guest.example via Tours, Inc. "
                        + "<relay@portal.example>",
                "\"Eva <eva@guest.example>\" | Eva <eva@guest.example>",
                "=?utf-8?Q?Nov=C3=A1=2C_Eva_=3Ceva=40guest.example=3E?= | Nová, Eva <eva@guest.example>",
                "Eva \u202eelpmaxe.tseug\u202c <eva@guest.example> | Eva elpmaxe.tseug <eva@guest.example>"
            })
    void sender(String from, String shown) {
        assertThat(mail("From: " + from).fromText()).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "=?utf-8?Q?Is_it_open?_[bar]?= | Is it open? [bar]",
                "=?utf-8?Q?Really??= | Really?",
                "=?utf-8?Q?Caf=C3=A9?=C3=A9?= | Café?é",
                "=?utf-8?Q?What?_And_when??= =?utf-8?Q?_So?= | What? And when? So",
                "=?utf-8?q?a_b?= c | a b c",
                "=?utf-8?B?UMWZ?= =?utf-8?B?w61qZXpk?= | Příjezd",
                "=?utf-8?B?UMWZw61qZ?= =?utf-8?B?Xpk?= | Příjezd",
                "=?utf-8?B?UMWZw61qZX?= =?utf-8?B?pk?= | Příjezd",
                "=?utf-8?B?YQ?= =?utf-8?B?Yg?= | ab",
                "=?utf-8?B?6?= =?utf-8?B?aKE6K6i5oi/6Ze0?= | 预订房间",
                "=?utf-8?B?VmllbGVuIERhbmt?= =?utf-8?B?lIQ==?= | Vielen Danke!",
                "=?koi8-r?B?+sHF2?= =?koi8-r?B?sQ=?= | Заезд",
                "=?gb2312?B?t7?= =?gb2312?B?+85A==?= | 房间",
                "=?utf-8?Q?P=C5=?= =?utf-8?Q?99=C3=ADjezd?= | Příjezd",
                "=?utf-8?Q?P=C5=9?= =?utf-8?Q?9=C3=ADjezd?= | Příjezd",
                "=?utf-8?B?YWI=?= =?utf-8?B?Yw==?= | abc",
                "=?utf-8*cs?Q?V=C3=ADno?= | Víno",
                "=?iso-8859-2?Q?V=C3=ADno?= | Víno",
                "=?windows-1251?B?0JfQsNC10LfQtA==?= | Заезд",
                "=?gb2312?B?5oi/6Ze0?= | 房间",
                "=?shift_jis?B?5LqI57SE?= | 予約",
                "=?euc-kr?Q?M=C3=BCller_J=C3=BCrgen?= | Müller Jürgen",
                "=?us-ascii?Q?M=C3=BCller?= | Müller",
                "=?utf-8?Q?M=FCller?= | Müller",
                "=?utf-16?Q?Two_rooms?= | Two rooms",
                "=?utf-16?B?AFQAdwBv?= | Two",
                "=?utf-16?B?UMWZw61qZXpk?= | Příjezd",
                "=?iso-2022-kr?B?UMWZw61qZXpk?= | Příjezd",
                "=?ms-ee?Q?=8Akoda?= | Škoda",
                "=?iso-8859-02?Q?=A9koda?= | Škoda",
                "=?cs_CZ.ISO-8859-2?Q?=A9koda?= | Škoda",
                "=?x-ms-cp932?B?l1yW8Q==?= | 予約",
                "=?iso-2022-jp-2004?B?GyQoUS0hKF4bKEI=?= | ①㊿",
                "=?iso-2022-jp?B?GyRCLWAtYSFBGyhC?= | 〝〟～",
                "=?iso-2022-jp?B?GyhKXDEwMH4bJEI0QRsoQg==?= | ¥100~漢",
                "=?iso-2022-jp?B?GyRCNEEOMTIPNEEbKEI=?= | 漢ｱｲ漢",
                "=?iso-2022-jp-2?B?GyRCTT1McxskQTc/GyQoQz85GyhCIBsuQRtOag==?= | 予約房예 ê",
                "=?utf-16le?B?VAB3AG8A?= | Two",
                "=?utf-16?B?VAB3AG8A?= | Two",
                "=?utf-7?Q?M+APw-ller_+- co?= | Müller + co",
                "=?hz-gb-2312?Q?~{7?<d~}?= | 房间",
                "=?x-mac-roman?Q?M=9Fller?= | Müller",
                "=?mac?Q?M=9Fller?= | Müller",
                "=?cp-437?Q?M=81ller?= | Müller",
                "=?ibm_850?Q?M=81ller?= | Müller",
                "=?dos-852?Q?=9F=E9k?= | čÚk",
                "=?windows1250?Q?=8Akoda?= | Škoda",
                "=?win-1250?Q?=8Akoda?= | Škoda",
                "=?iso-8859-2?Q?=8Akoda?= | Škoda",
                "=?iso8859-2?Q?=A9koda?= | Škoda",
                "=?iso_8859-2:1987?Q?=A9koda?= | Škoda",
                "=?latin-2?Q?=A9koda?= | Škoda",
                "=?ISO-8859-1?Q?=93Hi=94_=80?= | “Hi” €",
                "=?utf_8?Q?V=C3=ADno?= | Víno",
                "=?windows-1250http-equivcontent?Q?=8Akoda?= | Škoda",
                "=?charset=windows-1250?Q?=8Akoda?= | Škoda",
                "=?unicode-1-1-utf-7?Q?M+APw-ller?= | Müller",
                "=?utf-32?Q?Two_rooms?= | Two rooms",
                "=?x-unknown?Q?V=C3=ADno?= | Víno",
                "=?unknown-8bit?Q?M=FCller?= | Müller",
                "=?x-nothing?Q?M=FCller?= | Müller",
                "=?default?Q?M=FCller?= | Müller",
                "=?ibm-037?Q?Two_rooms?= | Two rooms",
                "=?iso_8859_1_1987?Q?M=FCller?= | Müller",
                "=?iso-ir-100?Q?=93Hi=94?= | “Hi”",
                "=?win_dows-1250?Q?=8Akoda?= | Škoda",
                "=?winodws-1250?Q?=8Akoda?= | Škoda",
                "=?s_c_5601-1987?B?v7m+4A==?= | 예약",
                "=?x-nothing?Q?Veversk=C3=A1_B=C3=BDt=C3=BD=C5=A1ka_=C5?= | Veverská Býtýška \ufffd",
                "=?iso-8859-10?Q?=AFvent?= | Ŋvent",
                "=?hp-roman8?Q?M=CFller?= | Müller",
                "=?KOI8R?B?+sHF2sQ=?= | Заезд",
                "=?ks_c_5601-1987?B?v7m+4MfVtM+02Q==?= | 예약합니다",
                "=?euc-kr?B?lO4=?= | 뷁",
                "=?utf-8?Q?=3D=3Futf-8=3FQ=3FV=3DC3=3DADno=3F=3D?= | Víno",
                "a =?b? c | a =?b? c"
            })
    void subject(String written, String meant) {
        assertThat(mail("From: eva@guest.example\r\nSubject: " + written).subject())
                .isEqualTo(meant);
    }

    /** The same characters wherever they stand, under the names of standards that do not hold them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iso-2022-jp | x-windows-50221 | ㈱日本①髙橋Ⅲ",
                "iso-2022-jp | x-windows-50221 | ｶﾅ",
                "euc-jp | x-eucJP-Open | ㈱日本①Ⅲ",
                "cn-gb | gb18030 | 鎔基",
                "shift_jis | windows-31j | ㈱日本①髙橋",
                "big5 | x-windows-950 | 碁銹裏墻恒粧嫺",
                "big5 | Big5-HKSCS | 邨①ぁ",
                "big5 | x-windows-950 | €100‧預訂",
                "gb2312 | gb18030 | 鎔基€㐀",
                "gbk | x-mswin-936 | 房间€",
                "euc-kr | x-windows-949 | 뷁펲",
                "tis-620 | x-windows-874 | ห้อง…",
                "iso-8859-9 | windows-1254 | “İş”",
                "iso-8859-5 | windows-1251 | „Заезд“",
                "macintosh | x-MacRoman | Frühstück",
                "x-mac-ce | x-MacCentralEurope | Příjezd",
                "x-mac-cyrillic | x-MacCyrillic | Заезд"
            })
    void charset(String name, String table, String text) {
        byte[] bytes = text.getBytes(Charset.forName(table));
        assertThat(new String(bytes, Charset.forName(table))).isEqualTo(text);
        String word = "=?" + name + "?B?" + Base64.getEncoder().encodeToString(bytes) + "?=";
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(("From: " + word + " <eva@guest.example>\r\nSubject: " + word
                        + "\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; "
                        + "charset="
                        + name + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(bytes);
        StringBuilder percents = new StringBuilder();
        for (byte b : bytes) {
            percents.append(String.format("%%%02X", b));
        }
        mail.writeBytes(("\r\n--b\r\nContent-Type: image/png\r\nContent-Disposition: attachment; filename*=" + name
                        + "''" + percents + ".png\r\n\r\nx\r\n--b\r\nContent-Type: image/png; name=\"" + word
                        + "\"\r\n\r\nx\r\n--b--")
                .getBytes(StandardCharsets.US_ASCII));

        MimeMail read = ReadMails.read(mail.toByteArray());

        assertThat(read.fromText()).isEqualTo(text + " <eva@guest.example>");
        assertThat(read.subject()).isEqualTo(text);
        assertThat(read.text()).isEqualTo(text);
        assertThat(read.attachments()).extracting(Attachment::name).containsExactly(text + ".png", text);
    }

    /** Windows programs write IBM's characters in rows 89 to 92, where Java has a user's own. */
    @ParameterizedTest
    @CsvSource({
        "euc-jp, /OK2ts3N, 髙橋様",
        "euc-jp, +vDFxPn1, 濵田﨑",
        "iso-2022-jp, GyRCfGI2Nk1NGyhC, 髙橋様",
        "iso-2022-jp, GyRCenBFRHl1GyhC, 濵田﨑"
    })
    void japaneseOfWindows(String charset, String base64, String meant) {
        assertThat(mail("From: eva@guest.example\r\nSubject: =?" + charset + "?B?" + base64 + "?=")
                        .subject())
                .isEqualTo(meant);
    }

    /** Only the page itself names its charset. */
    @Test
    void charsetOfPage() {
        byte[] page = "<html><head><meta charset='windows-1250'></head><body>Příjezd</body></html>"
                .getBytes(Charset.forName("windows-1250"));
        ByteArrayOutputStream mail = new ByteArrayOutputStream();
        mail.writeBytes(
                "From: eva@guest.example\r\nContent-Type: text/html\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        mail.writeBytes(page);

        assertThat(ReadMails.read(mail.toByteArray()).text()).isEqualTo("Příjezd");
    }

    @Test
    void senderWithoutAddressHasThatOfTheAnswers() {
        MimeMail mail = mail("From: Eva\r\nReply-To: Eva Novak <eva@guest.example>");

        assertThat(mail.fromText()).isEqualTo("Eva <eva@guest.example>");
        assertThat(mail.problems()).contains("its sender has no address; taken from reply-to");
    }

    @Test
    void boundaryOfMoreThanSeventyCharactersIsNone() {
        String boundary = "b".repeat(71);
        String parts = "\r\nContent-Type: multipart/mixed; boundary=%1$s\r\n\r\n--%1$s\r\n\r\nHello\r\n--%1$s--\r\n";

        assertThat(ReadMails.read("From: a@b.example" + parts.formatted(boundary.substring(1)))
                        .text())
                .isEqualTo("Hello");
        assertThat(ReadMails.read("From: a@b.example" + parts.formatted(boundary))
                        .text())
                .startsWith("--bbb");
    }
}
