package io.threadpost.mail;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the subjects of mails that came back begin. Many systems write them from any address, and as plain text. */
final class BounceSubjects {
    private static final List<String> WORDS = List.of(
            // English
            "undeliverable",
            "undeliverable mail",
            "undeliverable message",
            "undelivered mail",
            "undelivered mail returned to sender",
            "undelivered message",
            "undelivered message returned to sender",
            "returned mail",
            "returned email",
            "returned e-mail",
            "failure notice",
            "delivery failure",
            "delivery failure notice",
            "delivery failure notification",
            "delivery status notification",
            "delivery notification",
            "permanent delivery failure",
            "mail delivery error",
            "mail delivery failed",
            "mail delivery failure",
            "mail delivery problem",
            "mail delivery warning",
            "mail could not be delivered",
            "message could not be delivered",
            "message delivery failed",
            "message delivery failure",
            "email delivery failure",
            "mail system error",
            "delivery report",
            "your message could not be delivered",
            "sorry, your message could not be delivered",
            "non-delivery",
            "non delivery",
            "non-delivery notification",
            "non-delivery report",
            "warning: could not send message",
            "warning: message delayed",
            // German, French, Spanish, Portuguese, Italian, Dutch
            "unzustellbar",
            "unzustellbare nachricht",
            "non remis",
            "non distribuable",
            "no se puede entregar",
            "no entregado",
            "não é possível entregar",
            "não entregue",
            "non recapitabile",
            "onbestelbaar",
            // Polish, Czech, Hungarian, Swedish, Danish, Norwegian
            "niedostarczalne",
            "nedoručitelné",
            "kézbesíthetetlen",
            "det går inte att leverera",
            "kan ikke leveres",
            // Russian, Chinese, Japanese
            "недоставленное сообщение",
            "无法投递",
            "系统退信",
            "配信不能");

    /**
     * The words, and behind them the end, or what sets them apart from the rest. An answer to such a mail, or one
     * passed on, is a person's.
     */
    static final Pattern PATTERN = Pattern.compile(
            "\\s*(?:\\[[^\\]]{1,30}\\]\\s*)?(?:"
                    + WORDS.stream().map(Pattern::quote).collect(Collectors.joining("|"))
                    + ")\\s*(?:$|[:：;,!.|\\-–—(\\[])",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private BounceSubjects() {}
}
