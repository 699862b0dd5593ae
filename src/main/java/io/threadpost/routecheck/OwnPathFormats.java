package io.threadpost.routecheck;

/** What may stand behind the colon of Threadpost's own components. */
record OwnPathFormats(FindingCollector report) {
    private static final String SPOOL = "[a-z][a-z0-9-]{0,62}";

    void check(EndpointUse use, ComponentModel componentModel, String path) {
        if (EndpointUri.open(path)) {
            return;
        }
        if (componentModel.scheme().equals("spool") && !path.matches(SPOOL)) {
            report.error(
                    use.place(),
                    report.quote(path) + " is no name of a spool",
                    "write lower-case letters, digits and hyphens, such as spool:files");
        }
        if (componentModel.scheme().equals("files") && !path.matches("json|ndjson|csv")) {
            report.error(
                    use.place(),
                    "there is no " + report.quote("files:" + path),
                    "write files:json, files:ndjson or files:csv");
        }
        if (componentModel.scheme().equals("windows") && !path.equals("open")) {
            report.error(use.place(), "there is no " + report.quote("windows:" + path), "write windows:open");
        }
    }
}
