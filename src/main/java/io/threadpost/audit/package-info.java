/**
 * The audit log: who did what from where, on what and with which result, one entry for each operator action.
 *
 * <p>It knows the ledger and the settings; {@code ops} records every action of the API and the page. It promises that
 * the entry commits with the first change of its action, that no entry has content, and that guests appear in it by a
 * keyed hash alone.
 */
package io.threadpost.audit;
