/**
 * Who may use the operators' page and the API, and who of them may act: the admission of a request by this machine, a
 * token or a reverse proxy's user, and the site that a browser's request comes from.
 *
 * <p>It knows the settings; {@code ops} and {@code page} guard their addresses with it. It promises that a request that
 * no setting admits is not admitted, that tokens are compared in constant time, and that a user's name counts only on a
 * connection from a proxy that the settings name.
 */
package io.threadpost.access;
