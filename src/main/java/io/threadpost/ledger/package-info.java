/**
 * The ledger: the one database for everything that must survive a crash.
 *
 * <p>It knows the settings, and how failures are classified and reported. It promises that a
 * {@linkplain io.threadpost.ledger.Ledger#write write} is one transaction, on disk when it returns, and that the same
 * statements run on SQLite and PostgreSQL.
 */
package io.threadpost.ledger;
