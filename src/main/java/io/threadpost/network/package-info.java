/**
 * The way out over HTTP: through which proxy, and whose certificates are trusted. It knows the settings only; it promises that a failure can say
 * which proxy it went through and who named that.
 */
package io.threadpost.network;
