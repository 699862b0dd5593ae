package io.threadpost.routecheck;

import java.util.List;

/**
 * A route file that was looked at by itself.
 *
 * @param outline empty when the file could not be parsed
 * @param findings in the order of the file
 */
public record CheckedFile(RouteSource source, FileOutline outline, List<RouteFinding> findings) {
    /** @return whether nothing stands against loading it */
    public boolean loadable() {
        return findings.stream().noneMatch(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR);
    }
}
