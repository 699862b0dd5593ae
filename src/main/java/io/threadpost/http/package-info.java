/**
 * The two HTTP ports, before a request is one: how many connections each takes, how long it waits for a request, and
 * which requests are well-formed.
 *
 * <p>It knows the settings only. It promises that connections without a request cost neither port its answers, and that
 * what is no request gets a 400 of one line, no log line and no metric label of its own.
 */
package io.threadpost.http;
