package io.threadpost.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import io.threadpost.Sources;
import io.threadpost.json.RawJson;
import io.threadpost.preview.ExampleRun;
import io.threadpost.preview.Given;
import io.threadpost.preview.PreviewFolder;
import io.threadpost.routecheck.RouteSource;

/** An example made from real life keeps what the routes look at, and nothing of the person. */
class ExampleMakerTest {
    private static final String CUSTOM =
            """
            - route:
                id: to-bookings
                description: Sends group bookings of an agency on, as Zuzana wants it.
                from:
                  uri: direct:bookings
                  steps:
                    - filter:
                        expression:
                          simple:
                            expression: "${body[Subject]} ~~ 'group book'"
                        steps:
                          - filter:
                              expression:
                                simple:
                                  expression: "${body[OriginalSender]} regex '(?i).*@(agency|tours)[.]example>?'"
                              steps:
                                - to:
                                    uri: spool:bookings
            - route:
                id: bookings
                description: Writes bookings.
                from:
                  uri: spool:bookings
                  steps:
                    - process:
                        ref: writeFiles
            """;

    @TempDir
    Path home;

    private List<RouteSource> routes() throws Exception {
        List<RouteSource> sources = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("routes"))) {
            for (Path file : files.filter(name -> name.toString().endsWith(".camel.yaml"))
                    .sorted()
                    .toList()) {
                String text = Files.readString(file);
                sources.add(new RouteSource(
                        file.getFileName().toString(),
                        file.endsWith("route-thread.camel.yaml")
                                ? text.replaceFirst("(?m)^( +)- to:$", "$1- to:\n$1    uri: direct:bookings\n$1- to:")
                                : text));
            }
        }
        sources.add(new RouteSource("bookings.camel.yaml", CUSTOM));
        return sources;
    }

    private ExampleMaker.Made make(Given given) throws Exception {
        Files.writeString(
                home.resolve("application.properties"),
                "threadpost.connections.main.access-token=f4a1c7e9b2d8\nthreadpost.queue.url=amqp://broker.example\n");
        List<RouteSource> sources = routes();
        try (ExampleMaker maker = new ExampleMaker(home, sources, "prod")) {
            ExampleMaker.Made made = maker.make(given);
            Path examples = Files.createDirectories(home.resolve("examples"));
            Files.writeString(examples.resolve("made.yaml"), made.yaml());
            if (made.mail().isPresent()) {
                Files.write(examples.resolve("example.eml"), made.mail().get());
            }
            try (PreviewFolder folder = new PreviewFolder(home, sources, "prod")) {
                assertThat(new ExampleRun(folder).run(examples))
                        .as(made.yaml())
                        .hasSize(1)
                        .allSatisfy(outcome -> assertThat(outcome.problems()).isEmpty());
            }
            assertThat(made.same()).as(made.yaml()).isTrue();
            return made;
        }
    }

    private static Given mail(String raw, Charset charset) {
        return new Given(
                List.of(),
                Map.of(),
                raw.replace("\n", "\r\n").getBytes(charset),
                "main",
                Instant.parse("2026-11-22T10:00:05Z"),
                null,
                List.of());
    }

    /** Decoded, whatever the encoding of the parts. */
    private static String readable(ExampleMaker.Made made) {
        byte[] raw = made.mail().orElseGet(() -> made.yaml().getBytes(StandardCharsets.UTF_8));
        return made.yaml() + String.join("\n", InventedMail.texts(raw));
    }

    @Test
    void aThreadKeepsItsWayAndNothingOfThePerson() throws Exception {
        ExampleMaker.Made made = make(Given.threads(
                List.of(new RawJson(
                        """
                                {"Id":"7d1f9c1e-4d1a-4f4e-8f2a-0a4c9a1b2c3d","OriginalSender":"Zuzana Dvořáková <zuzana.dvorakova@agency.example>","Subject":"Re: Group bookings for Ahrendt, room 2147, 40 people","CreatedUtc":"2026-11-22T09:00:00Z","UpdatedUtc":"2026-11-22T10:00:00.1234567Z","IsResolved":false,"AssignedTo":{"Name":"Petr Svoboda","Phone":"+420 603 123 456"},"Tags":["Vyšehrad","\u4f60\u597d\u4e16\u754c"]}"""
                                .getBytes(StandardCharsets.UTF_8))),
                "main",
                List.of()));

        assertThat(made.yaml())
                .doesNotContainIgnoringCase(
                        "Zuzana",
                        "Dvořáková",
                        "dvorakova",
                        "Ahrendt",
                        "2147",
                        "people",
                        "Petr",
                        "Svoboda",
                        "603",
                        "Vyšehrad",
                        "\u4f60\u597d\u4e16\u754c",
                        "7d1f9c1e")
                .contains("Re: Group book", "@agency.example>", "2026-11-22T10:00:00.1234567Z", "\"IsResolved\":false")
                .contains("spools: [\"bookings\",\"files\",");
        assertThat(made.mail()).isEmpty();
    }

    @Test
    void aDomainThatNoRouteNamesIsReplaced() throws Exception {
        Files.writeString(
                home.resolve("application.properties"), "threadpost.connections.main.access-token=f4a1c7e9b2d8\n");
        List<RouteSource> shipped = Sources.below("routes").stream()
                .map(file -> new RouteSource(file.getFileName().toString(), Sources.text(file)))
                .toList();
        try (ExampleMaker maker = new ExampleMaker(home, shipped, "prod")) {
            ExampleMaker.Made made = maker.make(Given.threads(
                    List.of(new RawJson(("{\"Id\":\"7d1f9c1e-4d1a-4f4e-8f2a-0a4c9a1b2c3d\",\"OriginalSender\":\"Zuzana"
                                    + " <zuzana@mail.example>\",\"Subject\":\"Honeymoon\",\"CreatedUtc\":"
                                    + "\"2026-11-22T09:00:00Z\",\"UpdatedUtc\":\"2026-11-22T10:00:00Z\"}")
                            .getBytes(StandardCharsets.UTF_8))),
                    "main",
                    List.of()));
            assertThat(made.same()).isTrue();
            assertThat(made.yaml())
                    .contains("expect:", ".example>")
                    .doesNotContainIgnoringCase("Zuzana", "Honeymoon", "7d1f9c1e", "@mail.");
        }
    }

    @Test
    void aPlainMailKeepsItsFormAndItsVerdict() throws Exception {
        ExampleMaker.Made made = make(mail(
                """
                Received: from mx.dvorak-family.cz (mx.dvorak-family.cz [192.0.2.17]) by mail.hotel.example; Sun, 22 Nov 2026 10:00:01 +0000
                DKIM-Signature: v=1; d=dvorak-family.cz; b=abc
                From: "Zuzana Novakova" <zuzana@dvorak-family.cz>
                To: reservations@hotel.example
                Subject: Re: Honeymoon suite
                Date: Sun, 22 Nov 2026 10:00:00 +0000
                Message-ID: <honeymoon-1@dvorak-family.cz>
                Content-Type: text/plain; charset=UTF-8

                Dear Mrs Havlicek, we arrive at midnight with our dog Rex.

                On Sun, Nov 22, 2026 at 9:00 AM Reception wrote:
                > Which breed is your dog?
                """,
                StandardCharsets.UTF_8));

        assertThat(readable(made))
                .doesNotContainIgnoringCase(
                        "Zuzana",
                        "Novakova",
                        "dvorak",
                        "family",
                        "honeymoon",
                        "suite",
                        "Havlicek",
                        "midnight",
                        "breed",
                        "reservations",
                        "DKIM")
                .contains(
                        "Re: ",
                        "Date: Sun, 22 Nov 2026 10:00:00 +0000",
                        "person: \"true\"",
                        " wrote:",
                        "parked: {absent: true}");
    }

    @Test
    void aMailOfPartsAndCharsetsKeepsThem() throws Exception {
        String html = "<html><head><title>Svatba</title><!-- Zuzana --></head><body><p class=\"MsoNormal\">Přijedeme"
                + " pozdě, <b>Zuzana</b> &amp; Petr</p><a href=\"https://svatba.dvorak-family.cz/host?jmeno=Zuzana\">"
                + "fotky</a></body></html>";
        ExampleMaker.Made made = make(mail(
                """
                From: =?ISO-8859-2?Q?Zuzana_Dvo=F8=E1kov=E1?= <zuzana@dvorak-family.cz>
                To: reservations@hotel.example
                Subject: =?UTF-8?B?%s?=
                Date: Sun, 22 Nov 2026 10:00:00 +0000
                Message-ID: <2@dvorak-family.cz>
                MIME-Version: 1.0
                Content-Type: multipart/mixed; boundary="one"

                --one
                Content-Type: multipart/alternative; boundary=two

                --two
                Content-Type: text/plain; charset=iso-8859-2
                Content-Transfer-Encoding: quoted-printable

                P=F8ijedeme pozd=EC ve=E8er, nebu=EFte na n=E1s =E8ekat, jede=
                me a=BE z Vy=B9ehradu. Zuzana
                --two
                Content-Type: text/html; charset=utf-8
                Content-Transfer-Encoding: base64

                %s
                --two--
                --one
                Content-Type: application/pdf; name="pas-Dvorakova.pdf"
                Content-Disposition: attachment; filename="pas-Dvorakova.pdf"
                Content-Transfer-Encoding: base64

                %s
                --one--
                """
                        .formatted(
                                Base64.getEncoder()
                                        .encodeToString("Příjezd Dvořákových".getBytes(StandardCharsets.UTF_8)),
                                Base64.getMimeEncoder().encodeToString(html.getBytes(StandardCharsets.UTF_8)),
                                Base64.getEncoder()
                                        .encodeToString("passport of Zuzana".getBytes(StandardCharsets.UTF_8))),
                StandardCharsets.ISO_8859_1));

        assertThat(readable(made))
                .doesNotContainIgnoringCase(
                        "Zuzana",
                        "Dvořák",
                        "Dvo=F8=E1k",
                        "Dvorak",
                        "Svatba",
                        "fotky",
                        "jmeno",
                        "Přijedeme",
                        "Příjezd",
                        "pozdě",
                        "večer",
                        "Vyšehrad",
                        "passport",
                        "pas-")
                .contains("iso-8859-2", "quoted-printable", "boundary=two", ".pdf", "=?ISO-8859-2?Q?", "=?UTF-8?B?");
    }

    @Test
    void nothingOfThePersonIsLeftInTagsAndNamesOfFiles() {
        byte[] raw = ("Content-Type: text/html; name=\"Jane.Roe\"\r\n"
                        + "Content-Disposition: inline; filename=\"me.Roe.pdf\"\r\n\r\n"
                        + "<p data-guest=\"Jane\"><a href=mailto:jane@roe.example>x</a>"
                        + " <jane@roe.example> <Jane Roe></p>")
                .getBytes(StandardCharsets.US_ASCII);
        InventedText invented = new InventedText(List.of(), false, InventedMail.texts(raw));

        assertThat(new String(InventedMail.of(raw, invented), StandardCharsets.US_ASCII))
                .doesNotContainIgnoringCase("jane", "roe")
                .contains("<p><a>", "</a> <", "></p>", ".pdf\"");
    }

    @Test
    void telephoneNumbersCodedLettersAndSignaturesAreReplaced() {
        String text =
                """
                -----Original Message-----
                --- Jane Roe ---
                06 12 34 56 78, +33.6.12.34.56.79, &#1048;&#1074;&#1072;&#1085; &#x4a;&#097;, caf&eacute;
                room 12, 22.11.26
                """;

        assertThat(new InventedText(List.of(), false, List.of(text)).of(text))
                .hasSameSizeAs(text)
                .doesNotContain(
                        "Jane",
                        "Roe",
                        "06 12 34 56 78",
                        "6.12.34.56.79",
                        "&#1048;",
                        "&#1074;&#1072;",
                        "&#x4a;",
                        "&#097;")
                .contains("-----Original Message-----", "&eacute;", " 12, 22.11.26");
    }

    @Test
    void anInventedIdHasNoWordOfTheOriginalByChance() {
        List<String> numbers =
                IntStream.range(100, 400).mapToObj(String::valueOf).toList();
        InventedText invented = new InventedText(List.of(), false, numbers);

        for (int i = 0; i < 50; i++) {
            String id = invented.of("3fa85f64-5717-4562-b3fc-2c963f66a" + (100 + i));
            assertThat(invented.words(id)).doesNotContainAnyElementsOf(numbers);
        }
    }

    @Test
    void aMailInEightBitsIsKeptAsAFile() throws Exception {
        ExampleMaker.Made made = make(mail(
                """
                From: Zoë <zoe@mail.example>
                Subject: Spät
                Date: Sun, 22 Nov 2026 10:00:00 +0000
                Content-Type: text/plain; charset=windows-1252
                Content-Transfer-Encoding: 8bit

                Wir kommen spät, Grüße, Zoë
                """,
                Charset.forName("windows-1252")));

        assertThat(made.mail()).isPresent();
        assertThat(made.yaml()).contains("mail-file: example.eml");
        assertThat(readable(made)).doesNotContainIgnoringCase("Zoë", "zoe", "Spät", "kommen", "Grüße");
    }

    @Test
    void anAbsenceNoticeStaysOne() throws Exception {
        ExampleMaker.Made made = make(mail(
                """
                From: Zuzana Novakova <zuzana@dvorak-family.cz>
                Subject: Automatic reply: Your stay in Prague
                Date: Sun, 22 Nov 2026 10:00:00 +0000
                Auto-Submitted: auto-replied
                Content-Type: text/plain

                I am hiking in Patagonia until Monday.
                """,
                StandardCharsets.UTF_8));

        assertThat(readable(made))
                .doesNotContainIgnoringCase("Zuzana", "Novakova", "Prague", "hiking", "Patagonia")
                .contains("Automatic reply: ", "Auto-Submitted: auto-replied", "parked: \"auto-reply\"");
    }
}
