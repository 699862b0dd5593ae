/**
 * The two HTTP ports, before a request reaches a handler: how many connections each accepts, how long it waits for a
 * request, and which requests are well-formed.
 *
 * <p>It knows the settings only. It promises that idle connections block neither port, and that a malformed request
 * gets a 400 with one line, no log line and no metric label of its own.
 */
package io.threadpost.http;
