/**
 * Alerts: what takes health down is sent to people, by mail and to a webhook, and so is its end.
 *
 * <p>It knows the health checks, the ledger, the sending of mails and the network; only the page knows it. It promises
 * that each change is sent once to each recipient, whichever nodes see it and whenever one is killed (at least once
 * when that is while it is sent); that a flood becomes a summary; and that a channel that is down is reported by the
 * other.
 */
package io.threadpost.alert;
