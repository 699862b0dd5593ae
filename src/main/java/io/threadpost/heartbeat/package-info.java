/**
 * The pulse of the loops that do the work: how they begin and end with their routes, and whether each of them still
 * turns.
 *
 * <p>It knows no other room. It promises that a loop is called silent only when nothing outside of this process
 * explains it: a loop that handed its work to a route is not waited for, since what a target takes is no sign of a
 * wedged process.
 */
package io.threadpost.heartbeat;
