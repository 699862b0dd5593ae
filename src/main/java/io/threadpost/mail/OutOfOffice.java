package io.threadpost.mail;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How the subjects of absence notices begin, in the languages of common mail programs. */
final class OutOfOffice {
    private static final List<String> WORDS = List.of(
            // English
            "automatic reply",
            "auto reply",
            "auto-reply",
            "autoreply",
            "auto response",
            "auto-response",
            "autoresponse",
            "out of office autoreply",
            "out of the office",
            "out of office",
            "out-of-office",
            "ooo",
            "vacation reply",
            // German
            "automatische antwort",
            "autom. antwort",
            "abwesenheitsnotiz",
            "abwesenheitsmeldung",
            "abwesenheitsbenachrichtigung",
            "abwesenheit",
            "abwesend",
            "automatische abwesenheitsantwort",
            "ich bin nicht im büro",
            // French
            "réponse automatique",
            "reponse automatique",
            "absence du bureau",
            "message d'absence",
            "notification d'absence",
            "absent du bureau",
            // Spanish
            "respuesta automática",
            "respuesta automatica",
            "fuera de la oficina",
            "fuera de oficina",
            "ausente de la oficina",
            // Portuguese
            "resposta automática",
            "resposta automatica",
            "fora do escritório",
            "ausência temporária",
            // Italian
            "risposta automatica",
            "fuori ufficio",
            "assente dall'ufficio",
            "assenza dall'ufficio",
            // Dutch
            "automatisch antwoord",
            "automatisch bericht",
            "afwezigheidsbericht",
            "niet aanwezig",
            "afwezig",
            // Czech and Slovak
            "automatická odpověď",
            "automaticka odpoved",
            "automatická odpoveď",
            "mimo kancelář",
            "mimo kanceláře",
            "nepřítomnost",
            "neprítomnosť",
            // Polish
            "automatyczna odpowiedź",
            "odpowiedź automatyczna",
            "poza biurem",
            "nieobecność",
            // Swedish, Danish, Norwegian, Finnish, Icelandic
            "automatiskt svar",
            "autosvar",
            "automatisk svar",
            "frånvaro",
            "fravær",
            "ikke til stede",
            "automaattinen vastaus",
            "poissaoloilmoitus",
            "poissa",
            "sjálfvirkt svar",
            // Hungarian, Romanian, Slovene, Croatian, Serbian, Bulgarian, Greek, Turkish, Estonian, Latvian, Lithuanian
            "automatikus válasz",
            "házon kívül",
            "răspuns automat",
            "raspuns automat",
            "samodejni odgovor",
            "automatski odgovor",
            "автоматичен отговор",
            "αυτόματη απάντηση",
            "εκτός γραφείου",
            "otomatik yanıt",
            "otomatik cevap",
            "ofis dışında",
            "automaatvastus",
            "automātiska atbilde",
            "automatinis atsakymas",
            // Russian, Ukrainian
            "автоматический ответ",
            "автоответ",
            "нет на работе",
            "автоматична відповідь",
            // Hebrew, Arabic, Chinese, Japanese, Korean, Thai, Vietnamese
            "תשובה אוטומטית",
            "رد تلقائي",
            "自动回复",
            "自動回覆",
            "自動回复",
            "自动答复",
            "自動返信",
            "自動応答",
            "不在",
            "不在通知",
            "자동 회신",
            "부재 중",
            "부재중",
            "การตอบกลับอัตโนมัติ",
            "trả lời tự động");

    /**
     * The words, and behind them the end, or what sets them apart from the rest: {@code Out of office hours?} is a question of a guest. The
     * prefix of an answer may stand before them.
     */
    static final Pattern PATTERN = Pattern.compile(
            "^\\s*(?:\\[[^\\]]{1,30}\\]\\s*)?(?:auto:.{1,80} is out of the office|[\\[(]?(?:"
                    + WORDS.stream().map(Pattern::quote).collect(Collectors.joining("|"))
                    + "))\\s*(?:$|[:：;,!.|\\-–—(\\[\\])]|re:|aw:|sv:)",
            Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);

    private OutOfOffice() {}
}
