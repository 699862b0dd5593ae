package io.threadpost.mail.message;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What the writer of a mail wrote: lines that are not quoted, above the signature. A signature is below the usual mark,
 * or is a line of the mail program.
 */
final class OwnWords {
    /** So many blanks may be in front of the mark of a quoted line. */
    private static final int INDENT = 3;

    private static final Pattern MARK = Pattern.compile("^(?:--|— ?|-- |__)\\s?$");
    /** More lines below a mark are hardly a signature. */
    private static final int MOST_LINES = 15;

    private static final int LONGEST_LINE = 120;
    /** What phones and apps put below a mail. */
    private static final Pattern PROGRAM = Pattern.compile("(?iuU)^\\s*(?:"
            + "(?:sent|get|gesendet|von mein|envoyé|télécharge|enviado|enviada|inviato|verstuurd|verzonden|odesláno"
            + "|odoslané|wysłan|skickat|sendt|lähetetty|küldve|elküldve|отправлено|надіслано|gönderildi|holen sie sich"
            + "|obtenez|ottieni|obtener|obter|download|stáhněte|pobierz)\\S*\\b.{0,60}"
            + "\\b(?:i?phone|iphon\\S*|ipad\\S*|android\\S*|outlook|galaxy|samsung\\S*|smartphone\\S*|handy|mobile"
            + "|mobilního|telefon\\S*|téléphone|móvil|cellulare|gmx|web\\.de|yahoo|blackberry|huawei\\S*|xiaomi\\S*"
            + "|mail|proton ?mail|app|windows)\\b.{0,40}"
            + ")\\s*$");

    private OwnWords() {}

    /** @return whether there are any in these lines */
    static boolean exist(List<String> lines) {
        return lines.subList(0, signature(lines)).stream().anyMatch(line -> !line.isBlank() && !isQuoted(line));
    }

    /** @return the line at which the signature begins; the number of lines when there is none */
    static int signature(List<String> lines) {
        int end = firstMark(lines);
        int last = lastWords(lines, end);
        while (last >= 0
                && lines.get(last).length() <= LONGEST_LINE
                && PROGRAM.matcher(lines.get(last)).matches()) {
            end = last;
            last = lastWords(lines, end);
        }
        return end;
    }

    static boolean isQuoted(String line) {
        int mark = 0;
        while (mark < Math.min(INDENT, line.length()) && Character.isWhitespace(line.charAt(mark))) {
            mark++;
        }
        return line.startsWith(">", mark);
    }

    private static int lastWords(List<String> lines, int end) {
        int last = end - 1;
        while (last >= 0 && lines.get(last).isBlank()) {
            last--;
        }
        return last;
    }

    /** @return the first mark with few lines below it, none of them quoted; the number of lines without one */
    private static int firstMark(List<String> lines) {
        int mark = lines.size();
        int below = 0;
        // From the end, since a text may be nothing but marks.
        for (int i = lines.size() - 1; i >= 0 && below <= MOST_LINES; i--) {
            String line = lines.get(i);
            if (MARK.matcher(line).matches()) {
                mark = i;
            }
            if (isQuoted(line)) {
                break;
            }
            below += line.isBlank() ? 0 : 1;
        }
        return mark;
    }
}
