/**
 * The command line. Each {@link io.threadpost.command.Command} is a class: its options, its help and what it does;
 * {@link io.threadpost.command.Commands} lists them, parses the arguments and runs one.
 *
 * <p>A command reads the settings of the working directory, and either asks the running installation through
 * {@link io.threadpost.command.ApiClient}, or works on files alone; it knows the packages whose work it starts. It
 * promises that a wrong argument, an installation that does not answer and a refused request are each one line with
 * advice, and exit code 1.
 */
package io.threadpost.command;
