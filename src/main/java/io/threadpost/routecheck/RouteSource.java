package io.threadpost.routecheck;

/**
 * A route file as it was read.
 *
 * @param name its name in the folder, such as {@code to-files.camel.yaml}
 * @param text its whole content
 */
public record RouteSource(String name, String text) {}
