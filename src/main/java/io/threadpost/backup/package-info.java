/**
 * Backup of a ledger that is in use, restore, and the move from one database to another: all by one portable file,
 * which is a ledger on SQLite.
 *
 * <p>It knows the ledger, the settings and the disk; the commands know it. It promises that a backup is the ledger at
 * one moment, whatever is written meanwhile; that a ledger is replaced as a whole or not at all, whenever the process
 * is killed; that no number is given twice; and that at most one of two ledgers can be started after a move.
 */
package io.threadpost.backup;
