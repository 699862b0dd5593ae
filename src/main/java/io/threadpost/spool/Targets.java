package io.threadpost.spool;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import org.jboss.logging.Logger;

import io.threadpost.ledger.Ledger;
import io.threadpost.ledger.Transaction;
import io.threadpost.settings.Settings;
import io.threadpost.settings.TargetSystem;

/**
 * Whether the targets are on. Items for a target that never was on are dropped. Items for one that was on before are
 * kept: they are still expected, and the empty setting may be a mistake.
 */
@Singleton
public final class Targets {
    private static final Logger LOG = Logger.getLogger(Targets.class);

    private final Ledger ledger;
    private final Set<TargetSystem> on;

    Targets(Ledger ledger, Settings settings) {
        this.ledger = ledger;
        this.on = settings.on();
    }

    /** The state of a spool by its target. */
    public enum Standing {
        /** Its target is on, or it belongs to none. */
        OPEN,
        /** Its target never was on: it takes nothing. */
        OFF,
        /** Its target was on before and is off now: it keeps collecting. */
        LEFT
    }

    /** Records which targets are on, and logs the state of all once. */
    void open() {
        ledger.execute(tx -> {
            for (TargetSystem targetSystem : on) {
                tx.update(
                        "INSERT INTO target (name, since) VALUES (?, ?) ON CONFLICT DO NOTHING",
                        targetSystem.id(),
                        tx.now());
            }
        });
        LOG.infof("Targets: %s", summary());
        for (TargetSystem targetSystem : TargetSystem.values()) {
            if (ledger.read(tx -> standing(tx, targetSystem)) == Standing.LEFT) {
                LOG.errorf(
                        "Targets: %s was on before, but %s is empty; what is sent to it is kept until that is set "
                                + "again",
                        targetSystem.id(), switches(targetSystem));
            }
        }
    }

    /**
     * Forgets a target that is off: from now on its spools take nothing, as if it had never been on. Their items stay.
     * When it is on again, it is recorded again.
     *
     * @return false when it was not known
     * @throws IllegalStateException when it is on
     */
    public boolean forget(TargetSystem targetSystem) {
        if (on.contains(targetSystem)) {
            throw new IllegalStateException("target " + targetSystem.id() + " is on");
        }
        return ledger.write(tx -> tx.update("DELETE FROM target WHERE name = ?", targetSystem.id())) == 1;
    }

    /** @return whether that target is on in this process */
    public boolean on(TargetSystem targetSystem) {
        return on.contains(targetSystem);
    }

    /** @return whether what is sent to that spool is kept */
    boolean takes(Transaction tx, String spool) throws SQLException {
        return standing(tx, spool) != Standing.OFF;
    }

    /** @return the state of that spool, also when it does not exist yet */
    Standing standing(Transaction tx, String spool) throws SQLException {
        Optional<TargetSystem> target = TargetSystem.of(spool);
        return target.isEmpty() ? Standing.OPEN : standing(tx, target.get());
    }

    private Standing standing(Transaction tx, TargetSystem targetSystem) throws SQLException {
        if (on.contains(targetSystem)) {
            return Standing.OPEN;
        }
        // Looked up each time: another node may have it on.
        return tx.exists("SELECT 1 FROM target WHERE name = ?", targetSystem.id()) ? Standing.LEFT : Standing.OFF;
    }

    private String summary() {
        return Stream.of(TargetSystem.values())
                .map(targetSystem -> targetSystem.id()
                        + (on.contains(targetSystem) ? " is on" : " is off (" + switches(targetSystem) + " is empty)"))
                .collect(Collectors.joining(", "));
    }

    private static String switches(TargetSystem targetSystem) {
        return String.join(" or ", targetSystem.switchKeys());
    }
}
