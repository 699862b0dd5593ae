/**
 * Outbound connections of routes: proxies, certificate authorities, limits of a response, addresses sent as written,
 * and the classification of failed calls. It knows {@code settings} and {@code retry} only. It promises that a failure
 * names the proxy it went through and where that is configured.
 */
package io.threadpost.network;
