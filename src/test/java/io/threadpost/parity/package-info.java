/**
 * What the jar and the native executable do alike, seen from outside: one program is started and asked. {@code mvn
 * verify} asks the jar, {@code mvn -Dnative verify} the executable.
 */
package io.threadpost.parity;
