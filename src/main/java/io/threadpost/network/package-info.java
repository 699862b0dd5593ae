/**
 * Outbound connections of routes: proxies, certificate authorities, limits of a response, addresses sent as written,
 * and whose failure a failed call is. It knows the settings and failure kinds only. It promises that a failure names
 * the proxy it went through and where that is configured.
 */
package io.threadpost.network;
