/**
 * What a folder of route files would do with a thread or a mail, without doing it: {@code threadpost preview}, and
 * examples as tests, {@code threadpost test}.
 *
 * <p>It builds the routes of a folder in a Camel context of its own, without Quarkus, and with the steps of the
 * packages that have them. It knows the linter, the settings, and the dry runs of spools, mails and adds.
 *
 * <p>It promises that nothing leaves: no connection, no file, no row in the ledger. An endpoint with an effect records
 * what it would do, and every other step runs as in a running installation.
 */
package io.threadpost.preview;
