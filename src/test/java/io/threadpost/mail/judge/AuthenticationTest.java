package io.threadpost.mail.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.threadpost.mail.mime.HeaderComments;
import io.threadpost.mail.mime.ReadMails;

/** Whose word on a sender is believed: what hosts write, and what somebody writes who wants to be taken for another. */
class AuthenticationTest {
    private static boolean passes(String authserv, String mail) {
        return new Authentication(
                        ReadMails.read((mail + "\r\n\r\nHello\r\n").getBytes(StandardCharsets.UTF_8)), authserv)
                .passed();
    }

    /** How hosts write them, with what stands above and below. */
    static List<String[]> real() {
        return List.of(
                new String[] {
                    "mx.google.com",
                    """
                    Delivered-To: desk@hotel.example
                    Received: by 2002:a05:6a10:8a8c:b0:55e:c2fb:f4d5 with SMTP id mt12csp1; Fri, 27 Nov 2026 01:00:00 -0800 (PST)
                    X-Received: by 2002:a17:902:da92:: with SMTP id j18mr1; Fri, 27 Nov 2026 01:00:00 -0800 (PST)
                    ARC-Authentication-Results: i=1; mx.google.com;
                           dkim=pass header.i=@guest.example header.s=s1 header.b="QwQ/3+a=";
                           dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=guest.example
                    Return-Path: <eva@guest.example>
                    Received: from mail-sor-f41.guest.example (mail-sor-f41.guest.example. [192.0.2.41])
                            by mx.google.com with SMTPS id d9sor1 for <desk@hotel.example>
                            (Google Transport Security); Fri, 27 Nov 2026 01:00:00 -0800 (PST)
                    Received-SPF: pass (google.com: domain of eva@guest.example designates 192.0.2.41 as permitted sender) client-ip=192.0.2.41;
                    Authentication-Results: mx.google.com;
                           dkim=pass header.i=@guest.example header.s=s1 header.b="QwQ/3+a=";
                           spf=pass (google.com: domain of eva@guest.example designates 192.0.2.41 as permitted sender) smtp.mailfrom=eva@guest.example;
                           dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=guest.example
                    Received: by mail-sor-f41.guest.example with SMTP id x1; Fri, 27 Nov 2026 01:00:00 -0800 (PST)
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "protection.outlook.com",
                    """
                    Received: from AM0PR01MB1.eurprd01.prod.outlook.com (2603:10a6:10:1::1) by
                     DB9PR01MB2.eurprd01.prod.outlook.com with HTTPS; Fri, 27 Nov 2026 09:00:00 +0000
                    Received: from DB3EUR04FT1.eop-eur04.prod.protection.outlook.com
                     (2603:10a6:10:2::2) by AM0PR01MB1.outlook.office365.com with Microsoft SMTP Server id 15.20.1; Fri, 27 Nov 2026 09:00:00 +0000
                    Authentication-Results: spf=pass (sender IP is 192.0.2.41)
                     smtp.mailfrom=guest.example; dkim=pass (signature was verified)
                     header.d=guest.example;dmarc=pass action=none
                     header.from=guest.example;compauth=pass reason=100
                    Received-SPF: Pass (protection.outlook.com: domain of guest.example designates 192.0.2.41 as permitted sender)
                     receiver=protection.outlook.com; client-ip=192.0.2.41; helo=mail.guest.example; pr=C
                    Received: from mail.guest.example (192.0.2.41) by
                     DB3EUR04FT1.mail.protection.outlook.com (10.152.24.1) with Microsoft SMTP Server id 15.20.2; Fri, 27 Nov 2026 09:00:00 +0000
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "mx.hotel.example",
                    """
                    Received: from mx.hotel.example by store.hotel.example (Dovecot) with LMTP id a; Fri, 27 Nov 2026 09:00:00 +0000
                    Authentication-Results: mx.hotel.example; dmarc=pass (p=none dis=none) header.from=guest.example
                    Authentication-Results: mx.hotel.example;
                    \tdkim=pass (2048-bit key; unprotected) header.d=guest.example header.i=@guest.example header.a=rsa-sha256 header.s=s1 header.b=AbC;
                    \tdkim-atps=neutral
                    Received: from mail.guest.example (mail.guest.example [192.0.2.41]) by mx.hotel.example (Postfix) with ESMTPS id b; Fri, 27 Nov 2026 09:00:00 +0000
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "mail.hotel.example",
                    """
                    Received: from mail.hotel.example ([172.22.1.253]) by f0a (Dovecot) with LMTP id a; Fri, 27 Nov 2026 09:00:00 +0000
                    Received: from mail.guest.example (mail.guest.example [192.0.2.41]) by mail.hotel.example (Postcow) with ESMTPS id b; Fri, 27 Nov 2026 09:00:00 +0000
                    Authentication-Results: mail.hotel.example;
                    \tdkim=pass header.d=guest.example header.s=s1 header.b=AbC;
                    \tdmarc=pass (policy=none) header.from=guest.example;
                    \tspf=pass (mail.hotel.example: domain of eva@guest.example designates 192.0.2.41 as permitted sender) smtp.mailfrom=eva@guest.example
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "mx1.messagingengine.com",
                    """
                    Received: from compute2.internal (compute2.nyi.internal [10.202.2.42]) by sloti2d1t05 (Cyrus 3.9) with LMTPA; Fri, 27 Nov 2026 04:00:00 -0500
                    Received: from mx1 ([10.202.2.200]) by compute2.internal (LMTPProxy); Fri, 27 Nov 2026 04:00:00 -0500
                    Received: from mx1.messagingengine.com (localhost [127.0.0.1]) by mailmx.nyi.internal (Postfix) with ESMTP id 1; Fri, 27 Nov 2026 04:00:00 -0500
                    Authentication-Results: mx1.messagingengine.com;
                        x-csa=none;
                        x-ptr=pass smtp.helo=mail.guest.example policy.ptr=mail.guest.example
                    Authentication-Results: mx1.messagingengine.com;
                        bimi=skipped (DMARC Policy is not at enforcement)
                    Authentication-Results: mx1.messagingengine.com; arc=none (no signatures found)
                    Authentication-Results: mx1.messagingengine.com;
                        dkim=pass (2048-bit rsa key sha256) header.d=guest.example
                          header.i=@guest.example header.b=AbC header.a=rsa-sha256 header.s=s1 x-bits=2048;
                        dmarc=pass policy.published-domain-policy=none
                          policy.applied-disposition=none policy.evaluated-disposition=none
                          (p=none,d=none,d.eval=none) policy.policy-from=p header.from=guest.example;
                        iprev=pass smtp.remote-ip=192.0.2.41 (mail.guest.example);
                        spf=pass smtp.mailfrom=eva@guest.example smtp.helo=mail.guest.example
                    Received: from mail.guest.example (mail.guest.example [192.0.2.41]) by mx1.messagingengine.com (Postfix) with ESMTPS; Fri, 27 Nov 2026 04:00:00 -0500
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "mx.hotel.example",
                    """
                    Authentication-Results: mx.hotel.example;
                    \tiprev=pass (mail.guest.example) smtp.remote-ip=192.0.2.41;
                    \tspf=pass smtp.mailfrom=guest.example;
                    \tdkim=pass header.d=guest.example header.s=s1 header.a=rsa-sha256;
                    \tdmarc=pass header.from=guest.example;
                    \tarc=none
                    Received: from mail.guest.example ([192.0.2.41]) by mx.hotel.example with esmtps (TLS1.3) (Exim 4.97) (envelope-from <eva@guest.example>) id 1; Fri, 27 Nov 2026 09:00:00 +0000
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "atlas.mail.example",
                    """
                    Authentication-Results: atlas.mail.example;
                     dkim=pass header.i=@guest.example header.s=s1;
                     spf=pass smtp.mailfrom=guest.example;
                     dmarc=pass(p=REJECT) header.from=guest.example;
                    Received: from 192.0.2.41 (EHLO mail.guest.example) by 10.217.136.1 with SMTPs; Fri, 27 Nov 2026 09:00:00 +0000
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "dmarc.icloud.com",
                    """
                    Received: from st43p00im-ztfb1.me.com ([17.42.251.1]) by st43p00im-zteg1.me.com (Oracle) with ESMTPS id a; Fri, 27 Nov 2026 09:00:00 +0000
                    Authentication-Results: bimi.icloud.com; bimi=skipped reason="insufficient dmarc"
                    Authentication-Results: arc.icloud.com; arc=none
                    Authentication-Results: dmarc.icloud.com; dmarc=pass header.from=guest.example
                    Authentication-Results: dkim-verifier.icloud.com;
                    \tdkim=pass (2048-bit key) header.d=guest.example header.i=@guest.example header.b=AbC
                    Authentication-Results: spf.icloud.com; spf=pass (spf.icloud.com: domain of eva@guest.example designates 192.0.2.41 as permitted sender) smtp.mailfrom=eva@guest.example
                    Received: from mail.guest.example (mail.guest.example [192.0.2.41]) by st43p00im-ztfb1.me.com (Postfix) with ESMTPS id b; Fri, 27 Nov 2026 09:00:00 +0000
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "mail.protonmail.ch",
                    """
                    Authentication-Results: mail.protonmail.ch; dmarc=pass (p=quarantine dis=none) header.from=guest.example
                    Authentication-Results: mail.protonmail.ch; spf=pass smtp.mailfrom=guest.example
                    Authentication-Results: mail.protonmail.ch; arc=none smtp.remote-ip=192.0.2.41
                    Authentication-Results: mail.protonmail.ch; dkim=pass (2048-bit key) header.d=guest.example header.i=@guest.example header.b="AbC"
                    Received: from mail.guest.example (mail.guest.example [192.0.2.41]) (using TLSv1.3) by mailin042.protonmail.ch (Postfix) with ESMTPS id a; Fri, 27 Nov 2026 09:00:00 +0000
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "gmx.net",
                    """
                    Received: from mail.guest.example ([192.0.2.41]) by mx-ha.gmx.net (mxgmx017 [212.227.15.9]) with ESMTPS (Nemesis) id a; Fri, 27 Nov 2026 10:00:00 +0100
                    Authentication-Results: gmx.net; dkim=pass header.i=@guest.example
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "esa1.hotel.example",
                    """
                    Authentication-Results: esa1.hotel.example; dkim=pass (signature verified) header.i=@guest.example; spf=Pass smtp.mailfrom=eva@guest.example; spf=None smtp.helo=postmaster@mail.guest.example; dmarc=pass (p=reject dis=none) d=guest.example
                    Received: from mail.guest.example ([192.0.2.41]) by esa1.hotel.example with ESMTP/TLS/ECDHE-RSA-AES128-GCM-SHA256; 27 Nov 2026 09:00:00 +0000
                    From: Eva <eva@guest.example>"""
                },
                new String[] {
                    "mxs.mail.ru",
                    """
                    Received: from mail.guest.example ([192.0.2.41]) by mx44.mail.ru with esmtp (envelope-from <eva@guest.example>) id a; Fri, 27 Nov 2026 12:00:00 +0300
                    Received-SPF: pass (mx44.mail.ru: domain of guest.example designates 192.0.2.41 as permitted sender)
                    Authentication-Results: mxs.mail.ru; spf=pass (mx44.mail.ru: domain of guest.example designates 192.0.2.41 as permitted sender) smtp.mailfrom=eva@guest.example smtp.helo=mail.guest.example;
                     dkim=pass header.d=guest.example; dmarc=pass header.from=eva@guest.example
                    From: Eva <eva@guest.example>"""
                });
    }

    @ParameterizedTest
    @MethodSource("real")
    void whatHostsWriteIsUnderstood(String authserv, String mail) {
        String unfolded = mail.replace("\n", "\r\n");

        assertThat(passes(authserv, unfolded)).isTrue();
        assertThat(passes(authserv, unfolded.replace("From: Eva <eva@guest", "From: Eva <eva@other")))
                .isFalse();
        assertThat(passes(authserv, unfolded.replace("=pass", "=fail"))).isFalse();
        assertThat(passes("mx.somebody.example", unfolded)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                // What stands in quotes and comments is no result.
                "mx.hotel.example; spf=pass smtp.mailfrom=\"x; dmarc=pass header.from=guest.example "
                        + "y\"@evil.example ~ false",
                "mx.hotel.example; spf=fail smtp.mailfrom=\"\\\"; dmarc=pass y\"@evil.example ~ false",
                "mx.hotel.example; spf=none (x; dmarc=pass header.from=guest.example) ~ false",
                "mx.hotel.example; spf=none (a (b \\) c); dmarc=pass) ~ false",
                "mx.hotel.example; spf=none (a (b) ; dmarc=pass ~ false",
                "mx.hotel.example; spf=none \"; dmarc=pass ~ false",
                "(c) mx.hotel.example (c (d)) 1 (e) ; (f) dmarc (g) = (h) pass (i) header (j) . (k) from = "
                        + "guest.example (l) ~ true",
                "mx.hotel.example; dmarc/1=pass header.from=guest.example ~ true",
                "mx.hotel.example; dmarc / 1 = pass reason=\"good; dmarc=fail\" header.from=guest.example ~ true",
                "\"mx.hotel.example\" 1; dmarc=pass ~ true",
                "mx.hotel.example;dmarc=pass header.from=GUEST.example;spf=fail ~ true",
                "mx.hotel.example; dmarc=pass header.from=\"guest.example\" ~ true",
                "mx.hotel.example; dmarc=pass action=none header.from=guest.example;compauth=pass reason=100 ~ true",
                // Only that host's.
                "mx.hotel.example.evil.example; dmarc=pass ~ false",
                "evil.example mx.hotel.example; dmarc=pass ~ false",
                "dmarc=pass header.from=guest.example ~ false",
                // About that sender.
                "mx.hotel.example; dmarc=pass header.from=evil.example ~ false",
                "mx.hotel.example; dmarc=pass header.from=example ~ false",
                "mx.hotel.example; dmarc=pass header.from=notguest.example ~ false",
                "mx.hotel.example; dmarc=pass header.from=mail.guest.example ~ false",
                // The worst of several counts.
                "mx.hotel.example; dmarc=pass header.from=guest.example; dmarc=fail header.from=guest.example ~ false",
                "mx.hotel.example; dmarc=fail; dkim=pass header.d=guest.example; spf=pass "
                        + "smtp.mailfrom=guest.example ~ false",
                "mx.hotel.example; dmarc=temperror; dkim=pass header.d=guest.example ~ false",
                "mx.hotel.example; dmarc=passed header.from=guest.example ~ false",
                "mx.hotel.example; x-dmarc=pass header.from=guest.example ~ false",
                "mx.hotel.example; dmarc=pass header.from=guest.example header.from=evil.example ~ false",
                "mx.hotel.example; dmarc=pass (p=reject dis=none) d=evil.example ~ false",
                "mx.hotel.example; spf=pass smtp.mailfrom=evil.example smtp.mailfrom=x@guest.example ~ false",
                "mx.hotel.example; dmarc=success(p=REJECT) header.from=guest.example ~ true",
                "mx.hotel.example; dmarc=bestguesspass action=none header.from=guest.example ~ true",
                // Without DMARC.
                "mx.hotel.example; dmarc=none header.from=guest.example; dkim=pass header.d=guest.example ~ true",
                "mx.hotel.example; dkim=pass header.i=@mail.guest.example ~ true",
                "mx.hotel.example; dkim=pass header.d=evil.example header.i=@guest.example ~ false",
                "mx.hotel.example; dkim=fail header.d=guest.example; dkim=pass header.d=evil.example ~ false",
                "mx.hotel.example; dkim=fail header.d=evil.example; dkim=pass header.d=guest.example ~ true",
                "mx.hotel.example; spf=pass smtp.mailfrom=<eva@guest.example> ~ true",
                "mx.hotel.example; spf=pass smtp.mailfrom=\"eva@guest.example\"@evil.example ~ false",
                "mx.hotel.example; spf=pass smtp.mailfrom=eva@guest.example.evil.example ~ false",
                "mx.hotel.example; spf=pass smtp.helo=mail.guest.example; spf=fail smtp.mailfrom=evil.example ~ false",
                "mx.hotel.example; spf=none smtp.helo=mail.guest.example; spf=pass smtp.mailfrom=guest.example ~ true",
                "mx.hotel.example; spf=softfail smtp.mailfrom=guest.example ~ false",
                "mx.hotel.example; none ~ false",
                "mx.hotel.example ~ false",
                "~ false"
            })
    void resultsByTheGrammar(String results, boolean passes) {
        assertThat(passes(
                        "mx.hotel.example",
                        "Authentication-Results: " + (results == null ? "" : results)
                                + "\r\nFrom: Eva <eva@guest.example>"))
                .isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource({
        "eva@co.uk, evil.co.uk, false",
        "eva@guest.co.uk, evil.co.uk, false",
        "eva@mail.guest.co.uk, news.guest.co.uk, true",
        "eva@guest.co.uk, co.uk, false",
        "eva@one.github.io, two.github.io, false",
        "eva@müller.example, xn--mller-kva.example, true",
        "eva@guest.example, mail.guest.example, true",
        "eva@deep.mail.guest.example, guest.example, true"
    })
    void domainsVouchForEachOtherIfOneOwnerHasThem(String sender, String signer, boolean passes) {
        assertThat(passes(
                        "mx.hotel.example",
                        "Authentication-Results: mx.hotel.example; dkim=pass header.d=" + signer + "\r\nFrom: "
                                + sender))
                .isEqualTo(passes);
    }

    /** A bar is a line end; A is a result of the host that passes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '\0',
            value = {
                // Below the host's own boundary.
                "Received: from mail.evil.example by mx.hotel.example|Received: from x by mail.evil.example|A ~ false",
                "Received: from x by mail.evil.example|A ~ false",
                "Authentication-Results: mx.hotel.example; dmarc=fail|Received: from evil.example by "
                        + "mx.hotel.example|A ~ false",
                "Authentication-Results: mx.hotel.example; spf=none|Received: from evil.example by "
                        + "mx.hotel.example|A ~ false",
                "Received: from evil.example by mx.hotel.example|Authentication-Results: mx.hotel.example; dmarc=none|"
                        + "Received: from a.evil.example by mx.hotel.example|A ~ false",
                "Authentication-Results: mx.hotel.example; dmarc=fail|A ~ false",
                // The sender's own words make the host's field malformed.
                "Authentication-Results: mx.hotel.example; spf=fail smtp.mailfrom=a(b@evil.example; dmarc=fail|"
                        + "Received: from evil.example by mx.hotel.example|A ~ false",
                "Authentication-Results: mx.hotel.example; spf=fail smtp.mailfrom=\"b@evil.example; dmarc=fail|"
                        + "Received: from evil.example by mx.hotel.example|A ~ false",
                "Authentication-Results: mx.other.example; spf=pass (|A|Received: from guest.example by "
                        + "mx.hotel.example ~ true",
                "Received: from mx.hotel.example by store.hotel.example|A|Received: from guest.example by "
                        + "mx.hotel.example ~ true",
                "Received: from localhost (a (b)) by mx.hotel.example|A|Received: from guest.example by "
                        + "mx.hotel.example ~ true",
                "Received: from mx.hotel.example by imap.provider.example|A|Received: from guest.example by "
                        + "mx.hotel.example ~ true",
                "Received: from guest.example by mx.hotel.example|A|Received: from a by guest.example ~ true",
                "Received: (x by mail.evil.example) from guest.example by mx.hotel.example|A ~ true",
                // Several senders, and senders that are named elsewhere.
                "A|From: eva@guest.example ~ false",
                "A|From: mallory@evil.example ~ false",
                "A|from: \"eva\" <mallory@evil.example> ~ false"
            })
    void onlyTheHostsOwnBlockCounts(String lines, boolean passes) {
        String header = lines.replaceAll(
                        "(?<![^|])A(?![^|])",
                        "Authentication-Results: mx.hotel.example; dmarc=pass header.from=guest.example")
                .replace("|", "\r\n");

        assertThat(passes("mx.hotel.example", header + "\r\nFrom: Eva <eva@guest.example>"))
                .isEqualTo(passes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "From: eva@guest.example, mallory@evil.example",
                "From: mallory@evil.example, eva@guest.example",
                "From: eva@guest.example <mallory@evil.example>",
                "From: Group: eva@guest.example, mallory@evil.example;",
                "From: Eva | Reply-To: eva@guest.example",
                "Sender: eva@guest.example",
                "From: <eva@guest.example> <mallory@evil.example>",
                "From: | From: eva@guest.example | From: mallory@evil.example",
                "From: eva@guest.example@evil.example",
                "From: eva@guest.example mallory@evil.example",
                "From: mallory@evil.example eva@guest.example",
                "From: <eva@guest.example> mallory@evil.example",
                "From: | From: eva@guest.example",
                "From: eva@guest.example | FROM : eva@guest.example"
            })
    void onlyOneSenderPasses(String from) {
        assertThat(passes(
                        "mx.hotel.example",
                        "Authentication-Results: mx.hotel.example; dmarc=pass header.from=guest.example\r\n"
                                + from.replace(" | ", "\r\n")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eva@guest.example <eva@guest.example>",
                "'eva@guest.example' <Eva@GUEST.example>",
                "\"eva@other.example via Booking\" <eva@guest.example>",
                "=?utf-8?Q?eva@other.example?= <eva@guest.example>",
                "eva@other.example <eva@guest.example>",
                "eva@guest.example (Eva of eva@other.example)",
                "eva@guest.example [mailto:eva@guest.example]"
            })
    void oneSenderPasses(String from) {
        String results = "Authentication-Results: mx.hotel.example; dmarc=pass header.from=guest.example\r\nFrom: ";

        assertThat(passes("mx.hotel.example", results + from)).isTrue();
    }

    @Test
    void senderWithRoomForAnotherOneDoesNotPass() {
        assertThat(passes(
                        "mx.hotel.example",
                        "Authentication-Results: mx.hotel.example; dmarc=pass header.from=guest.example\r\n"
                                + "From: eva@guest.example" + " ".repeat(11_000) + ", mallory@evil.example"))
                .isFalse();
    }

    @Test
    void fieldWithoutIdIsExchangeOnlinesOnlyWhereItsHostsAre() {
        String forged = "Authentication-Results: dmarc=pass header.from=guest.example\r\n"
                + "Received: from evil.example by mx.evil.example\r\nFrom: eva@guest.example";

        assertThat(passes("protection.outlook.com", forged)).isFalse();
        assertThat(passes("mx.hotel.example", forged)).isFalse();
    }

    @Test
    void commentsOfAnyDepthTakeTimeThatGrowsWithTheirLength() {
        String deep = "(".repeat(8000) + ")".repeat(8000);
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            for (int i = 0; i < 200; i++) {
                assertThat(AuthenticationResults.of("mx.hotel.example " + deep + "; dmarc=pass"))
                        .isPresent();
                assertThat(HeaderComments.removed(deep + "a")).isEqualTo("a");
            }
        });
    }
}
