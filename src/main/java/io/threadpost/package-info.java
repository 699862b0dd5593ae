/**
 * The way in: the command line, and the order in which things are decided before the first route runs.
 *
 * <p>It knows the settings, and every room that has something to decide before Quarkus starts. It promises that a start
 * that cannot work ends with one clear line for each reason, exit code 1, and nothing left on disk.
 */
package io.threadpost;
