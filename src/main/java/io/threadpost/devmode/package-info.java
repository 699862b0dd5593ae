/**
 * Dev mode: logs, on each save of a route file, what the edit does to the threads and mails that passed last.
 *
 * <p>It knows the route files that run, what passed, and {@code preview}. It promises that nothing of it is in a
 * production build, and that it delays neither the edit nor what is delivered.
 */
package io.threadpost.devmode;
