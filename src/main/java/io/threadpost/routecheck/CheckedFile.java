package io.threadpost.routecheck;

import java.util.List;

/**
 * A route file after its checks.
 *
 * @param outline empty when the file could not be parsed
 * @param findings in the order of the file
 */
public record CheckedFile(RouteSource source, FileOutline outline, List<RouteFinding> findings) {
    /** @return whether it can be loaded: it has no errors */
    public boolean loadable() {
        return findings.stream().noneMatch(routeFinding -> routeFinding.severity() == RouteFinding.Severity.ERROR);
    }
}
