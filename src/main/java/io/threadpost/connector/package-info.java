/**
 * The connector: the only client of the platform's API, as the Camel routes {@code direct:get-threads},
 * {@code direct:add-thread}, {@code direct:get-messages} and {@code direct:add-messages}, and as
 * {@link io.threadpost.connector.PlatformClient} for Java.
 *
 * <p>It knows the ledger, which holds the request budget, and the network. It promises that no request exceeds the
 * budget or is sent before the end of a pause that the platform asked for, across restarts and nodes; that every
 * failure is a {@link io.threadpost.connector.ConnectorException} with the platform's own message; and that no request
 * body, and so no token, reaches a log or an exception.
 */
package io.threadpost.connector;
