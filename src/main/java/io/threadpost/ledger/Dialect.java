package io.threadpost.ledger;

/** The differences between the two databases. */
public enum Dialect {
    /** One process, one writer, the process's clock. */
    SQLITE("", false),
    /** Several nodes, row locks, the server's clock. */
    POSTGRESQL("FOR UPDATE SKIP LOCKED", true);

    private final String claiming;
    private final boolean shared;

    Dialect(String claiming, boolean shared) {
        this.claiming = claiming;
        this.shared = shared;
    }

    /** The end of a SELECT that picks rows to claim: rows that another node is claiming are skipped. */
    public String claiming() {
        return claiming;
    }

    /** Whether several processes may use the ledger at once. */
    public boolean shared() {
        return shared;
    }
}
