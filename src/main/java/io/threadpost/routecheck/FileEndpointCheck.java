package io.threadpost.routecheck;

import java.util.Optional;
import java.util.Set;

/**
 * Checks the endpoints of {@code file:}, {@code sftp:}, {@code ftps:} and {@code ftp:}: options that Camel refuses
 * together when the route starts, and its defaults for servers, which trust any SFTP server and write under the final
 * name.
 */
final class FileEndpointCheck implements RouteCheck {
    private static final Set<String> REMOTE = Set.of("sftp", "ftps", "ftp");

    private final ParsedFile file;
    private final FindingCollector findings;

    FileEndpointCheck(ParsedFile file) {
        this.file = file;
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().stream()
                .flatMap(element -> file.endpoints(element).stream())
                .filter(use -> !file.definesBean(use.uri().scheme()))
                .forEach(use -> {
                    boolean remote = REMOTE.contains(use.uri().scheme());
                    if (remote || use.uri().scheme().equals("file")) {
                        together(use);
                    }
                    if (remote) {
                        server(use);
                    }
                });
    }

    private void together(EndpointUse use) {
        if (use.direction() != EndpointUse.Direction.TO) {
            if (option(use, "delete").filter("true"::equalsIgnoreCase).isPresent()
                    && option(use, "move").isPresent()) {
                findings.error(use.place(), "`delete` and `move` exclude each other", "remove one of them");
            }
            return;
        }
        if (appends(use)
                && (option(use, "tempPrefix").isPresent()
                        || option(use, "tempFileName").isPresent())) {
            findings.error(
                    use.place(),
                    "`fileExist: Append` writes into the file itself, so there is no temporary file",
                    "remove `tempPrefix` and `tempFileName`");
        }
        String exists = option(use, "fileExist").orElse("");
        if (exists.equalsIgnoreCase("Move") != option(use, "moveExisting").isPresent()
                && !EndpointUri.hasUnknowns(exists)) {
            findings.error(
                    use.place(),
                    "`fileExist: Move` and `moveExisting` need each other",
                    "write both, such as `moveExisting: \"${file:onlyname}.old\"`, or neither");
        }
    }

    private boolean appends(EndpointUse use) {
        return option(use, "fileExist").filter("Append"::equalsIgnoreCase).isPresent();
    }

    private void server(EndpointUse use) {
        if (use.uri().scheme().equals("sftp")
                && option(use, "strictHostKeyChecking")
                        .filter(value -> EndpointUri.hasUnknowns(value) || value.equalsIgnoreCase("yes"))
                        .isEmpty()) {
            findings.error(
                    use.place(),
                    "the server's host key is not checked, so another machine could take the files and the password",
                    "write `strictHostKeyChecking: \"yes\"` and `knownHostsFile: \"{{key}}\"` below `parameters`");
        }
        if (use.uri().scheme().equals("ftp")) {
            findings.warning(use.place(), "`ftp` sends password and files unencrypted", "use `sftp` or `ftps`");
        }
        if (use.direction() == EndpointUse.Direction.TO
                && !appends(use)
                && option(use, "tempFileName").isEmpty()
                && option(use, "tempPrefix").isEmpty()) {
            findings.warning(
                    use.place(),
                    "the file has its final name while it is being written, so a reader may take half of it",
                    "write `tempFileName: \"${file:onlyname}.part\"` below `parameters`");
        }
    }

    private Optional<String> option(EndpointUse use, String name) {
        return use.parameter(name)
                .filter(YamlNode::isText)
                .map(YamlNode::text)
                .or(() -> Optional.ofNullable(use.uri().options().get(name)))
                .map(value -> file.build().placeholders().resolve(value).strip());
    }
}
