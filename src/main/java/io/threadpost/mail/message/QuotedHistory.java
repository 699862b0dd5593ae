package io.threadpost.mail.message;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a reply that repeat earlier mails: those below an answer, or those above one. Of answers between quoted
 * lines nothing is history, since they are not understood without these, nor is anything of a forwarded mail.
 *
 * @param from the first of these lines
 * @param to behind the last of them; equal to {@code from} when there are none
 */
record QuotedHistory(int from, int to) {
    private static final QuotedHistory NONE = new QuotedHistory(0, 0);

    // Flag U: what \b means depends on the Java version otherwise.

    /** Longer lines introduce no quotation. */
    private static final int LONGEST_INTRODUCTION = 400;

    private static final int LONGEST_DIVIDER = 120;
    private static final int INTRODUCTION_LINES = 4;
    private static final int HEADER_LINES = 10;

    private static final Pattern DIVIDER = Pattern.compile("^\\s*[-_*=]{2,}\\s*(.*?)\\s*[-_*=]{0,80}\\s*$");
    private static final Pattern DATE = Pattern.compile(
            "(?:\\b(?:19|20)\\d\\d\\b|\\b\\d{1,2}[:.h]\\d\\d\\b" + "|\\d{1,2}[./-]\\s?\\d{1,2}[./-]\\s?\\d{2,4}|\\d年)");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>@]@[^\\s<>@]+\\.\\w");
    /** How programs introduce what they quote: somebody wrote. */
    private static final Pattern WROTE = Pattern.compile(
            "(?iu)(?<!\\p{L})(?:wrote|writes|schrieb|geschrieben|a écrit|escribió|escreveu|ha scritto|schreef|napsal"
                    + "|napsala|napsal\\(a\\)|napísal|napísala|napísal\\(a\\)|pisze"
                    + "|napisał|napisała|napisał\\(a\\)|skrev"
                    + "|kirjoitti|ezt írta|a scris|написал|написала|написал\\(а\\)|пишет|пише|написав|έγραψε|yazdı"
                    + "|je napisao|je napisala|je napisal|написа|כתב|כתבה|كتب)(?!\\p{L})|작성|写道|寫道|書きました");

    private static final Pattern BEGINS = Pattern.compile(
            "(?iuU)^(?:(?:on|am|le|el|em|il|op|dne|dňa|w dniu|dnia|den|på|la|pe|στις|mon|tue|wed|thu|fri|sat|sun|mo"
                    + "|di|mi|do|fr|sa|so|po|út|st|čt|pá|ne|lun|mar|mer|jeu|ven|sam|dim|vr|za|zo|pon|wt|śr|czw|pt"
                    + "|sob|niedz|mån|tis|ons|tors|fre|lör|sön|ma|ti|ke|to|su|пн|вт|ср|чт|пт|сб|вс)\\b|\\d).*\\d.*");

    private static final Set<String> ORIGINAL = Set.of(
            "original message",
            "original appointment",
            "reply message",
            "ursprüngliche nachricht",
            "originalnachricht",
            "original-nachricht",
            "message d'origine",
            "message d’origine",
            "message original",
            "mensaje original",
            "mensagem original",
            "messaggio originale",
            "messaggio originario",
            "oorspronkelijk bericht",
            "původní zpráva",
            "pôvodná správa",
            "wiadomość oryginalna",
            "oryginalna wiadomość",
            "treść oryginalnej wiadomości",
            "ursprungligt meddelande",
            "originalmeddelande",
            "oprindelig meddelelse",
            "opprinnelig melding",
            "alkuperäinen viesti",
            "eredeti üzenet",
            "исходное сообщение",
            "пересланное сообщение",
            "orijinal mesaj",
            "mesaj original",
            "izvorna poruka",
            "元のメッセージ",
            "邮件原件",
            "原始邮件",
            "원본 메시지");

    private static final Pattern FORWARDED = Pattern.compile("(?iu)^[\\s>*_=-]*(?:"
            + "begin forwarded message|forwarded message"
            + "|anfang der weitergeleiteten (?:nachricht|e-mail)|weitergeleitete nachricht"
            + "|début du message (?:transféré|réexpédié)|message transféré|mensaje reenviado"
            + "|inicio del mensaje reenviado|mensagem encaminhada|messaggio inoltrato"
            + "|inizio messaggio inoltrato|doorgestuurd bericht|begin doorgestuurd bericht"
            + "|přeposlaná zpráva|začátek přeposlané zprávy|preposlaná správa"
            + "|przekazana wiadomość|wiadomość przekazana dalej"
            + "|vidarebefordrat (?:meddelande|brev)|videresendt (?:meddelelse|melding)"
            + "|edelleenlähetetty|továbbított üzenet|пересылаемое сообщение|пересылаемое письмо"
            + "|iletilen mesaj"
            + ")\\s*[:：]?[\\s*_=-]*$");

    /** Words by which writers announce answers within the quoted lines, which some programs do not mark. */
    private static final Pattern ANSWERS_WITHIN = Pattern.compile(
            "(?iuU)\\b(?:below|in-?line|in between|in (?:red|blue|green|bold|capitals)|unten|untenstehend|darunter"
                    + "|in (?:rot|blau|grün|fett)|im text|dazwischen|níže|červeně|modře|v textu|ci-dessous|ci-après"
                    + "|plus bas|en (?:rouge|bleu|vert|gras)|abajo|en (?:rojo|azul|verde)|abaixo|sotto|in (?:rosso|blu)"
                    + "|hieronder|onderstaand|in het rood|poniżej|nedan|nedenfor|alla|lent|alább|ниже|mai jos)\\b");

    private static final Pattern LABEL =
            Pattern.compile("^[\\s>*_]*([\\p{L}][\\p{L} ]{0,20}?)[\\s*_]*[:：][\\s*_]*(.*)$");

    /** The fields of a header that a program puts above what it quotes. */
    private enum Field {
        FROM("from|von|de|da|van|od|från|fra|lähettäjä|feladó|от|від|από|kimden|de la|expéditeur|mittente|remitente"
                + "|差出人|发件人|寄件者|보낸 사람"),
        SENT("sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviada em|fecha|inviato|data|verzonden"
                + "|odesláno|odoslané|dátum|wysłano|wysłane|skickat|sendt|dato|päivämäärä|lähetetty|elküldve"
                + "|отправлено|дата|надіслано|ημερομηνία|στάλθηκε|gönderildi|tarih|trimis|送信日時|日付|发送时间|日期"
                + "|보낸 날짜"),
        TO("to|cc|an|à|para|a|aan|komu|do|till|til|vastaanottaja|címzett|кому|προς|kime|către|destinataire|宛先|收件人"
                + "|받는 사람"),
        SUBJECT("subject|betreff|objet|asunto|assunto|oggetto|onderwerp|předmět|predmet|temat|ämne|emne|aihe|tárgy"
                + "|тема|θέμα|konu|subiect|件名|主题|主旨|제목");

        private final Set<String> labels;

        Field(String labels) {
            this.labels = Set.of(labels.split("\\|"));
        }

        static Field of(String label) {
            String lower = label.strip().toLowerCase(Locale.ROOT);
            for (Field field : values()) {
                if (field.labels.contains(lower)) {
                    return field;
                }
            }
            return null;
        }
    }

    /**
     * @param reply whether the mail's header shows that it answers another one
     * @return the history in these lines of a mail
     */
    static QuotedHistory in(List<String> lines, boolean reply) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (FORWARDED.matcher(line).matches()) {
                return NONE;
            }
            if (OwnWords.isQuoted(line)) {
                return reply ? marked(lines, i, i) : NONE;
            }
            int introduced = line.isBlank() ? i : introduction(lines, i);
            if (introduced > i + 1 && !BEGINS.matcher(line).matches() && introduction(lines, i + 1) == introduced) {
                // The writer's own line, right above the introduction.
                continue;
            }
            int next = introduced;
            while (next < lines.size() && lines.get(next).isBlank()) {
                next++;
            }
            if (introduced > i && next < lines.size() && OwnWords.isQuoted(lines.get(next))) {
                return marked(lines, i, next);
            }
            if (reply && (isDivided(lines, i) || introduced > i && isPlainIntroduction(lines, i))) {
                return unmarked(lines, i);
            }
        }
        return NONE;
    }

    boolean isEmpty() {
        return from == to;
    }

    /** Quoted lines are marked as such: an answer is above or below them, unless it is between them. */
    private static QuotedHistory marked(List<String> lines, int from, int quoted) {
        int to = quoted;
        for (int i = quoted;
                i < lines.size()
                        && (OwnWords.isQuoted(lines.get(i)) || lines.get(i).isBlank());
                i++) {
            to = OwnWords.isQuoted(lines.get(i)) ? i + 1 : to;
        }
        boolean above = OwnWords.exist(lines.subList(0, from));
        List<String> rest = lines.subList(to, lines.size());
        boolean below = OwnWords.exist(rest);
        boolean between = rest.stream().anyMatch(OwnWords::isQuoted);
        return above == below || between ? NONE : new QuotedHistory(from, to);
    }

    /** All that follows is quoted, without marks: answers in it cannot be distinguished from it. */
    private static QuotedHistory unmarked(List<String> lines, int from) {
        List<String> above = lines.subList(0, from);
        return OwnWords.exist(above)
                        && !ANSWERS_WITHIN.matcher(String.join("\n", above)).find()
                ? new QuotedHistory(from, lines.size())
                : NONE;
    }

    private static boolean isDivided(List<String> lines, int at) {
        String line = lines.get(at);
        Matcher divider = DIVIDER.matcher(line);
        if (line.length() <= LONGEST_DIVIDER && divider.matches()) {
            String words = divider.group(1).toLowerCase(Locale.ROOT);
            return words.isEmpty()
                    ? at + 1 < lines.size() && isHeader(lines, lines.get(at + 1).isBlank() ? at + 2 : at + 1)
                    : ORIGINAL.contains(words);
        }
        return isHeader(lines, at);
    }

    /** A header as Outlook writes it: From, Sent, To, Subject, in the program's language. */
    private static boolean isHeader(List<String> lines, int at) {
        EnumSet<Field> fields = EnumSet.noneOf(Field.class);
        boolean certain = false;
        for (int i = at;
                i < Math.min(at + HEADER_LINES, lines.size()) && !lines.get(i).isBlank();
                i++) {
            String line = lines.get(i);
            Matcher label = LABEL.matcher(line.length() <= LONGEST_INTRODUCTION ? line : "");
            Field field = label.matches() ? Field.of(label.group(1)) : null;
            if (i == at && field != Field.FROM && field != Field.SENT) {
                return false;
            }
            if (field != null && fields.add(field)) {
                String value = label.group(2);
                certain |= field == Field.FROM && ADDRESS.matcher(value).find();
                certain |= field == Field.SENT && DATE.matcher(value).results().count() > 1;
            }
        }
        return certain
                && fields.contains(Field.FROM)
                && fields.contains(Field.SENT)
                && (fields.contains(Field.TO) || fields.contains(Field.SUBJECT));
    }

    /** @return behind the lines that introduce a quotation here, such as "On … wrote:"; {@code at} if there are none */
    private static int introduction(List<String> lines, int at) {
        StringBuilder joined = new StringBuilder();
        for (int i = at; i < Math.min(at + INTRODUCTION_LINES, lines.size()); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || OwnWords.isQuoted(line) || joined.length() + line.length() > LONGEST_INTRODUCTION) {
                return at;
            }
            joined.append(joined.isEmpty() ? "" : " ").append(line);
            if (line.endsWith(":") || line.endsWith("：")) {
                String words = joined.toString();
                boolean introduces = DATE.matcher(words).find()
                        && (ADDRESS.matcher(words).find()
                                || WROTE.matcher(words).find());
                return introduces ? i + 1 : at;
            }
        }
        return at;
    }

    /** Where no marks follow, an introduction has to look like a program's: it could be the writer's own sentence. */
    private static boolean isPlainIntroduction(List<String> lines, int at) {
        String words = String.join(" ", lines.subList(at, introduction(lines, at)));
        boolean apart = at == 0 || lines.get(at - 1).isBlank();
        boolean dated =
                BEGINS.matcher(words).matches() && DATE.matcher(words).results().count() > 1;
        return apart
                && WROTE.matcher(words).find()
                && (dated || ADDRESS.matcher(words).find());
    }
}
