/**
 * The main program: the command line, {@code check}, the order of the start, and Camel's defaults.
 *
 * <p>It knows the settings, and every package that takes part in the start before Quarkus runs. It promises that a
 * refused start ends with one line for each problem, exit code 1, and nothing left on disk.
 */
package io.threadpost;
