package io.threadpost.mailbox;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.eclipse.angus.mail.iap.Response;

/** Where a mail lies that was copied or moved, as a server with UIDPLUS says it. */
record CopyResult(long validity, long uid) {
    private static final Pattern CODE = Pattern.compile("\\[COPYUID (\\d+) \\S+ (\\d+)]", Pattern.CASE_INSENSITIVE);

    static Optional<CopyResult> in(Response[] answer) {
        for (Response response : answer) {
            Matcher code = CODE.matcher(response.toString());
            if (response.isOK() && code.find()) {
                return Optional.of(new CopyResult(Long.parseLong(code.group(1)), Long.parseLong(code.group(2))));
            }
        }
        return Optional.empty();
    }
}
