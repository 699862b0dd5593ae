/**
 * The connector: the only door to the platform's API, as Camel routes {@code direct:get-threads} and
 * {@code direct:add-thread}.
 *
 * <p>It knows the ledger, where the request budget lies. It promises that no request goes out beyond the budget or
 * before the end of a pause that the platform asked for, restarts and other nodes included; that every failure comes
 * out as a {@link io.threadpost.connector.ConnectorException} with the platform's own words; and that no request body,
 * and so no token, reaches a log or an exception.
 */
package io.threadpost.connector;
