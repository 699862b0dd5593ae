package io.threadpost.routecheck;

/** What may stand behind the colon of Threadpost's own components. */
record OwnPaths(Report report) {
    private static final String SPOOL = "[a-z][a-z0-9-]{0,62}";

    void check(EndpointUse use, Component component, String path) {
        if (EndpointUri.open(path)) {
            return;
        }
        if (component.scheme().equals("spool") && !path.matches(SPOOL)) {
            report.error(
                    use.place(),
                    report.quote(path) + " is no name of a spool",
                    "write lower-case letters, digits and hyphens, such as spool:files");
        }
        if (component.scheme().equals("files") && !path.matches("json|ndjson|csv")) {
            report.error(
                    use.place(),
                    "there is no " + report.quote("files:" + path),
                    "write files:json, files:ndjson or files:csv");
        }
        if (component.scheme().equals("windows") && !path.equals("open")) {
            report.error(use.place(), "there is no " + report.quote("windows:" + path), "write windows:open");
        }
    }
}
