package io.threadpost.mail.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.mail.mime.MimeMail;
import io.threadpost.mail.mime.ReadMails;

/** Who wrote a mail, and whether it may be answered, by what stands in it. */
class JudgeTest {
    private static final JudgeOptions SHIPPED =
            JudgeOptions.of(null, "", "", "", false, 0, Duration.ofHours(1), "", "");

    private static Verdict judge(JudgeOptions options, MimeMail mail) {
        return new MailJudge(options).verdict(mail, sender -> 0);
    }

    private static Verdict judge(String header) {
        return judge(SHIPPED, mail(header));
    }

    private static MimeMail mail(String header) {
        String from = header.contains("From:") ? "" : "From: Jana <jana@guest.example>\r\n";
        String subject = header.contains("Subject:") ? "" : "Subject: Late arrival\r\n";
        return ReadMails.read((from + subject + header.replace(" | ", "\r\n") + "\r\n\r\nHello\r\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Mailer: Microsoft Outlook 16.0",
                "Auto-Submitted: no",
                "Precedence: first-class",
                "Subject: Re: Out of office",
                "Subject: Out of office hours - can we still check in?",
                "Subject: Abwesend bin ich erst ab Montag",
                "Subject: Automatic doors",
                "Subject: AUTO: where can we park?",
                "Subject: Re: Undeliverable: your booking",
                "Subject: Fwd: Mail delivery failed: returning message to sender",
                "Subject: Delivery failure of my luggage",
                "Subject: Undeliverable parcels at the reception",
                "X-Autoreply: no",
                "Return-Path: <jana@guest.example>",
                "Content-Type: multipart/mixed; boundary=b",
                "X-MS-Exchange-Generated-Message-Source: Antispam Agent"
            })
    void personIsOne(String header) {
        Verdict verdict = judge(header);

        assertThat(verdict.person()).as(verdict.why()).isTrue();
        assertThat(verdict.answerable()).isTrue();
        assertThat(verdict.reasons()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "Auto-Submitted: auto-replied ~ auto-reply",
                "Auto-Submitted: auto-replied (vacation); owner-email=\"x@y\" ~ auto-reply",
                "Auto-Submitted: auto-generated ~ generated",
                "Auto-Submitted: auto-notified ~ generated",
                "X-Threadpost: digest ~ own-mail",
                "Return-Path: <> ~ bounce",
                "Subject: Mail delivery failed: returning message to sender ~ bounce",
                "Subject: Returned Mail - Error During Delivery ~ bounce",
                "Subject: Undeliverable: Your booking ~ bounce",
                "Subject: Delivery Failure ~ bounce",
                "Subject: Mail System Error - Returned Mail ~ bounce",
                "Subject: Unzustellbar: Ihre Buchung ~ bounce",
                "Subject: AUTO: Miller, Jana is out of the office. (returning Monday) ~ out-of-office",
                "Subject: [Automatische Antwort] Ihre Anfrage ~ out-of-office",
                "Return-Path: < > ~ bounce",
                "From: MAILER-DAEMON@mx.example ~ bounce",
                "From: MAILER-DAEMON ~ bounce",
                "From: MDaemon@mx.example ~ bounce",
                "From: Postmaster <postmaster@mx.example> ~ bounce",
                "X-Failed-Recipients: a@b.example ~ bounce",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b ~ bounce",
                "Content-Type: multipart/report; boundary=b; report-type=\"disposition-notification\" ~ receipt",
                "Content-Type: multipart/report; report-type=feedback-report; boundary=b ~ abuse-report",
                "Content-Type: multipart/report; report-type=tlsrpt; boundary=b ~ report",
                "X-Autoreply: yes ~ auto-reply",
                "X-Autorespond: Away ~ auto-reply",
                "Precedence: auto_reply ~ auto-reply",
                "Precedence: auto-reply ~ auto-reply",
                "X-Auto-Reply: yes ~ auto-reply",
                "Auto-Submitted: \"auto-replied\" ~ auto-reply",
                "Precedence: list | Precedence: auto_reply ~ auto-reply",
                "X-POST-MessageClass: 9; Autoresponder ~ auto-reply",
                "X-FC-MachineGenerated: true ~ auto-reply",
                "Delivered-To: Autoresponder ~ auto-reply",
                "X-MS-Exchange-Generated-Message-Source: Mailbox Rules Agent ~ auto-reply",
                "X-Cron-Env: <HOME=/root> ~ generated",
                "Subject: Automatic reply: Late arrival ~ out-of-office",
                "Subject: Out of Office ~ out-of-office",
                "Subject: Out of Office Re: Late arrival ~ out-of-office",
                "Subject: Abwesenheitsnotiz: Rechnung ~ out-of-office",
                "Subject: Automatische Antwort: Rechnung ~ out-of-office",
                "Subject: Réponse automatique : Facture ~ out-of-office",
                "Subject: Respuesta automática: Factura ~ out-of-office",
                "Subject: Automatická odpověď: Faktura ~ out-of-office",
                "Subject: Risposta automatica: Fattura ~ out-of-office",
                "Subject: AUTOMATISCH ANTWOORD: factuur ~ out-of-office",
                "Subject: Автоматический ответ: счёт ~ out-of-office",
                "Subject: 自动回复: 发票 ~ out-of-office",
                "Subject: [EXTERNAL] Automatic reply: x ~ out-of-office",
                "List-Id: <news.shop.example> ~ list",
                "Precedence: list ~ list",
                "Mailing-List: contact a@b ~ list"
            })
    void programIsOne(String header, String reason) {
        Verdict verdict = judge(header);

        assertThat(verdict.reason()).isEqualTo(reason);
        assertThat(verdict.person()).isFalse();
        assertThat(verdict.answerable()).isFalse();
        assertThat(verdict.why()).isNotBlank().doesNotContain("\n");
    }

    /** A booking portal relays what a guest writes, and an assistant writes for somebody. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "From: Jana via Portal <jana.123@guest.portal.example>",
                "From: Jana <jana@guest.example> | Sender: assistant@guest.example"
            })
    void whoWritesBySomebodyElseIsAnswered(String header) {
        assertThat(judge(header).unanswerable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "List-Unsubscribe: <https://portal.example/u>",
                "Precedence: bulk",
                "Feedback-ID: a:b",
                "X-Auto-Response-Suppress: All",
                "X-Auto-Response-Suppress: OOF, AutoReply",
                "X-Loop: somebody@guest.example",
                "X-MS-Exchange-Inbox-Rules-Loop: jana@guest.example",
                "From: Portal <no-reply@portal.example>",
                "From: Portal <noreply-1234@portal.example>",
                "From: Portal <do_not_reply@portal.example>",
                "From: Portal <jana@portal.example> | Reply-To: noreply@portal.example",
                "From: Portal <noreply@portal.example> | Precedence: bulk | Reply-To: jana@guest.example",
                "From: Jana via Staff <staff@company.example> | Sender: <staff+1@lists.company.example>",
                "From: Jana via Staff <staff@company.example> | Precedence: bulk",
                "From: Jana <jana@guest.example> | Sender: <friends-bounces@lists.example>",
                "From: Jana <jana@guest.example> | Sender: owner-friends@lists.example",
                "From: Jana <jana@guest.example> | X-BeenThere: friends@lists.example",
                "From: undisclosed-senders:;",
                "From: Jana"
            })
    void wantedMailMayBeUnanswerable(String header) {
        Verdict verdict = judge(header);

        assertThat(verdict.person()).as(verdict.why()).isTrue();
        assertThat(verdict.answerable()).isFalse();
        assertThat(verdict.reasons()).isNotEmpty();
        // Such a field is for automatic answers; a person's reply goes out.
        boolean suppressed = verdict.reasons().get(0).startsWith("it suppresses");
        assertThat(verdict.unanswerable().isEmpty()).isEqualTo(suppressed);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "【自動応答】ご連絡ありがとうございます",
                "（自動返信）予約",
                "Eva Novak is out of the office until 5 January",
                "I will be out of the office until Monday",
                "Ich bin bis 5.12. nicht im Büro",
                "Away until 5 January",
                "Absente jusqu'au 5 janvier",
                "In ferie: R: camera",
                "Jestem na urlopie do 5 stycznia",
                "Меня нет в офисе до 5 января",
                "Booking - Automatic reply",
                "Thank you for your message (automatic reply)",
                "स्वचालित प्रत्युत्तर: कमरा",
                "[Autoantwort] Ihre Nachricht",
                "Abwesenheitsagent: Zimmer im Mai",
                "Nepřítomna v kanceláři: Re: pobyt",
                "Odpověď v nepřítomnosti: pobyt",
                "Neprítomnosť v kancelárii - Re: izba",
                "Réponse automatique d’absence : votre chambre",
                "Je suis en congés: Re: chambre",
                "Fuera de la oficina hasta el 5 de mayo",
                "Out of office until Monday",
                "I'm out of the office - Re: room",
                "Fuori sede: camera",
                "Em férias: Re: quarto",
                "Frånvaromeddelande: rum",
                "Fraværsassistent: værelse",
                "Automaattivastaus: huone",
                "Nieobecność w biurze: pokój",
                "Távolléti üzenet: szoba",
                "Отсутствие на рабочем месте: номер",
                "Вне офиса: номер",
                "Автовідповідь: номер",
                "Εκτός γραφείου: δωμάτιο",
                "Ofis dışındayım: oda",
                "不在のお知らせ：部屋",
                "不在办公室：房间",
                "부재중 자동응답: 방",
                "מחוץ למשרד: חדר",
                "رد آلي: غرفة",
                "Dovolená: Re: pokoj",
                "Urlaubsnotiz",
                "*Automatic reply*: room",
                "[Spam] [EXT] Automatic reply: room",
                "EXTERNAL: Automatic reply: room",
                "Auto: Out of office",
                "Automatic response to: room",
                "Out of office 1-12 May",
                "Out of office from 1 May to 12 May",
                "Annual leave until 12 May",
                "Betriebsurlaub: Re: Zimmer",
                "Accusé de réception automatique",
                "Na godišnjem odmoru do 12.5.",
                "Loma: VS: huone",
                "Szabadság: Re: szoba",
                "【夏季休業】Re: 部屋",
                "외출 중: Re: 방"
            })
    void absenceIsToldBySubjectsInManyLanguages(String subject) {
        assertThat(judge("Subject: " + subject).reason()).isEqualTo("out-of-office");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Subject: Dovolená: dva pokoje",
                "Subject: Im Urlaub: Hund erlaubt?",
                "Subject: In ferie fino al 5 gennaio?",
                "Subject: Away game tickets",
                "Subject: Jana is out of the room",
                "Subject: The key is out of the office",
                "Subject: Re: Booking [Automatic reply]",
                "Subject: Room 12 (niet aanwezig)",
                "Subject: Dovolená do 10 000 Kč",
                "Subject: Ferie - camere",
                "Subject: Absent minded: left my coat",
                "Subject: On leaving the room",
                "Subject: On leave from the army: discount",
                "Subject: Out of office 24/7 check-in?",
                "Subject: Auto: Parkplatz",
                "Subject: Out of the office building: parking?",
                "Subject: 外出 夕食について"
            })
    void guestsAskForHolidays(String subject) {
        assertThat(judge(subject).person()).isTrue();
    }

    @Test
    void routeAddsPhrasesOfAbsence() {
        JudgeOptions options =
                JudgeOptions.of(null, "", "", "", false, 0, Duration.ofHours(1), "", "Gone fishing, zavřeno");

        assertThat(judge(options, mail("Subject: GONE FISHING: Re: room")).reason())
                .isEqualTo("out-of-office");
        assertThat(judge(options, mail("Subject: Zavřeno!")).reason()).isEqualTo("out-of-office");
        assertThat(judge(options, mail("Subject: Automatic reply: room")).reason())
                .isEqualTo("out-of-office");
        assertThat(judge("Subject: Gone fishing: Re: room").person()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Auto-Submitted: (by rule; see RFC 3834) auto-replied ~ auto-reply",
                "Auto-Submitted: (a (b)) auto-generated (c) ~ generated",
                "Precedence: (x) auto_reply ~ auto-reply",
                "Precedence: (x) list ~ list"
            })
    void commentsAreNoValues(String header, String reason) {
        assertThat(judge(header).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "desk.hotel.example ~ From: Eva <eva@guest.example> ~ Eva <eva@guest.example>",
                "hotel.example ~ From: 'Eva N' via Desk <desk@hotel.example> | X-Original-From: Eva N "
                        + "<eva@guest.example>"
                        + " | X-Original-Sender: eva@guest.example | Reply-To: Eva N <eva@guest.example> ~ Eva N "
                        + "<eva@guest.example>",
                "desk@hotel.example ~ From: 'Eva N' via Desk <desk@hotel.example> | X-Original-Sender: "
                        + "eva@guest.example"
                        + " ~ Eva N <eva@guest.example>",
                "<desk.hotel.example> ~ From: Eva N via Desk <desk@hotel.example> | Reply-To: Desk "
                        + "<desk@hotel.example>,"
                        + " Eva N <eva@guest.example> ~ Eva N <eva@guest.example>",
                "hotel.example ~ From: Eva N via Desk <desk@hotel.example> | Reply-To: desk@hotel.example | Cc: Pan "
                        + "<pan@guest.example>, Eva N <eva@guest.example> ~ Eva N <eva@guest.example>",
                "hotel.example ~ From: Boss <boss@hotel.example> | X-Original-Sender: boss@hotel.example ~ Boss "
                        + "<boss@hotel.example>",
                "hotel.example ~ From: Eva <eva@guest.example> | Reply-To: desk@hotel.example ~ Eva "
                        + "<eva@guest.example>",
                "hotel.example ~ From: Desk <desk@hotel.example> ~ Desk <desk@hotel.example>"
            })
    void whatComesByAListOfOursIsItsWriters(String lists, String header, String sender) {
        JudgeOptions options = JudgeOptions.of(null, "", "", "", false, 0, Duration.ofHours(1), lists, "");
        String list = " | Precedence: list | List-Id: <desk.hotel.example> | List-Unsubscribe: <mailto:x@y.example>"
                + " | Mailing-list: list desk@hotel.example; contact desk+owners@hotel.example";

        MimeMail mail = options.lists().withAuthor(mail(header + list));

        assertThat(mail.fromText()).isEqualTo(sender);
        assertThat(judge(options, mail).why()).isEmpty();
        assertThat(judge(header + list).reason()).isEqualTo("list");
    }

    @Test
    void otherListsAreStillListsAndTheWriterIsJudged() {
        JudgeOptions options =
                JudgeOptions.of(null, "", "evil.example", "", false, 0, Duration.ofHours(1), "hotel.example", "");
        String group = "From: M via Desk <desk@hotel.example> | X-Original-From: M <m@evil.example> | List-Id: "
                + "<desk.hotel.example>";

        assertThat(judge(options, mail("List-Id: <news.shop.example>")).reason())
                .isEqualTo("list");
        assertThat(judge(options, mail("List-Id: <desk.hotel.example> | List-Id: <news.shop.example>"))
                        .reason())
                .isEqualTo("list");
        assertThat(judge(options, mail("List-Id: <desk.hotel.example.evil.example>"))
                        .reason())
                .isEqualTo("list");
        assertThat(judge(options, options.lists().withAuthor(mail(group))).why())
                .isEqualTo("its sender is denied: evil.example");
        assertThat(judge(options, mail("From: good@guest.example <m@evil.example>"))
                        .why())
                .isEqualTo("its sender is denied: evil.example");
    }

    @Test
    void routeSaysWhatParks() {
        JudgeOptions strict = JudgeOptions.of("bulk, list", "", "", "", false, 0, Duration.ofHours(1), "", "");

        assertThat(judge(strict, mail("Precedence: bulk")).reason()).isEqualTo("bulk");
        assertThat(judge(strict, mail("Auto-Submitted: auto-generated")).person())
                .isTrue();
        assertThat(judge(strict, mail("Auto-Submitted: auto-generated")).answerable())
                .isFalse();
        assertThat(judge(strict, mail("X-Threadpost: digest")).reason()).isEqualTo("own-mail");
        assertThatThrownBy(() -> JudgeOptions.of("bouncy", "", "", "", false, 0, Duration.ofHours(1), "", ""))
                .hasMessage("mail:judge: park: there is no reason `bouncy`; did you mean `bounce`?");
    }

    @ParameterizedTest
    @CsvSource({
        "portal.example, guest.portal.example, true",
        "portal.example, portal.example, true",
        "portal.example, otherportal.example, false",
        "@portal.example, portal.example, true",
        "x@portal.example, portal.example, true",
        "y@portal.example, portal.example, false",
        "MÜLLER.example, xn--mller-kva.example, true"
    })
    void sendersAreAllowedByAddressOrDomain(String entry, String domain, boolean allowed) {
        JudgeOptions options =
                JudgeOptions.of(null, "else.example, " + entry, "", "", false, 0, Duration.ofHours(1), "", "");

        Verdict verdict =
                judge(options, mail("From: x@" + domain + " | Auto-Submitted: auto-generated | List-Id: <a.b>"));

        assertThat(verdict.person()).isEqualTo(allowed);
        assertThat(verdict.answerable()).isFalse();
    }

    @Test
    void nobodyIsAllowedToSendBounces() {
        JudgeOptions options = JudgeOptions.of(null, "guest.example", "", "", false, 0, Duration.ofHours(1), "", "");

        assertThat(judge(options, mail("Return-Path: <>")).reason()).isEqualTo("bounce");
        assertThat(judge(options, mail("X-Threadpost: digest")).reason()).isEqualTo("own-mail");
    }

    @Test
    void deniedSendersAreParkedEvenIfAllowed() {
        JudgeOptions options =
                JudgeOptions.of(null, "guest.example", "jana@guest.example", "", false, 0, Duration.ofHours(1), "", "");

        assertThat(judge(options, mail("X: y")).why()).isEqualTo("its sender is denied: jana@guest.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                "mx.hotel.example; dmarc=pass header.from=guest.example ~ true",
                "mx.hotel.example 1; dmarc=pass (p=none; sp=none) header.from=guest.example ~ true",
                "MX.HOTEL.EXAMPLE; spf=fail; dmarc=pass ~ true",
                "mx.hotel.example; dkim=pass header.d=guest.example; spf=none ~ true",
                "mx.hotel.example; spf=pass smtp.mailfrom=bounces@mail.guest.example ~ true",
                "mx.hotel.example; spf=pass smtp.mailfrom=bounces@sender.example ~ false",
                "mx.hotel.example; dkim=pass header.d=example ~ false",
                "mx.hotel.example; dmarc=fail; dkim=pass header.d=guest.example ~ false",
                "mx.hotel.example; none ~ false",
                "mx.other.example; dmarc=pass ~ false",
                "(mx.hotel.example; dmarc=pass) mx.other.example; dmarc=fail ~ false",
                "; dmarc=pass ~ false"
            })
    void senderIsVouchedForByThePinnedHostAlone(String results, boolean passed) {
        JudgeOptions options = JudgeOptions.of(null, "", "", "mx.hotel.example", true, 0, Duration.ofHours(1), "", "");

        Verdict verdict = judge(options, mail("Authentication-Results: " + results));

        assertThat(verdict.person()).as(verdict.authentication()).isEqualTo(passed);
        assertThat(verdict.reason()).isEqualTo(passed ? "" : "unauthenticated");
    }

    @Test
    void theTopmostResultCounts() {
        JudgeOptions options = JudgeOptions.of(null, "", "", "mx.hotel.example", true, 0, Duration.ofHours(1), "", "");

        Verdict verdict = judge(
                options,
                mail("Authentication-Results: mx.hotel.example; dmarc=fail | Authentication-Results: "
                        + "mx.hotel.example; dmarc=pass"));

        assertThat(verdict.why()).isEqualTo("mx.hotel.example does not authenticate its sender: dmarc=fail");
    }

    @Test
    void nothingAtAllIsParked() {
        assertThat(judge(SHIPPED, ReadMails.fixture("empty")).reason()).isEqualTo("empty");
        assertThat(judge(SHIPPED, ReadMails.fixture("blank")).reason()).isEqualTo("empty");
        assertThat(judge(SHIPPED, ReadMails.fixture("nothing-but-text")).person())
                .isTrue();
        assertThat(judge(SHIPPED, ReadMails.fixture("header-only")).person()).isTrue();
    }
}
