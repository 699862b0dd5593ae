/**
 * The way out over HTTP: through which proxy, whose certificates are trusted, what an answer may be at most, and that
 * an address goes out as it is written. It knows the settings only; it promises that a failure can say which proxy it
 * went through and who named that.
 */
package io.threadpost.network;
