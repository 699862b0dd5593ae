package io.threadpost.mailbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.threadpost.ledger.WithLedger;
import io.threadpost.mailbox.ImapConnection.OpenedFolder;

/** A folder is known again. */
class UidValidityPeriodsTest extends WithLedger {
    private static final String SOURCE = "hotel@hotel.example@127.0.0.1/INBOX";

    @Test
    void folderOfAUserWhoIsCalledAsThePasswordIsKnownAgain() {
        UidValidityPeriods periods =
                new UidValidityPeriods(ledger.ledger(text -> text.replace("hotel@hotel.example", "***")));
        OpenedFolder folder = new OpenedFolder(17, 4, true, 3, Set.of());

        periods.beginFirst("main", SOURCE, folder, 0, false, List.of());

        assertThat(periods.of("main", SOURCE, folder)).isPresent();
        assertThat(periods.of("main", "another@127.0.0.1/INBOX", folder)).isEmpty();
    }
}
