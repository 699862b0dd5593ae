package io.threadpost.routecheck;

import java.util.Optional;
import java.util.Set;

/**
 * Checks the endpoints of {@code sftp:}, {@code ftps:} and {@code ftp:}: Camel's defaults trust any SFTP server, and
 * write under the final name.
 */
final class RemoteFileCheck implements RouteCheck {
    private static final Set<String> SCHEMES = Set.of("sftp", "ftps", "ftp");

    private final ParsedFile file;
    private final FindingCollector findings;

    RemoteFileCheck(ParsedFile file) {
        this.file = file;
        this.findings = file.findings();
    }

    @Override
    public void check() {
        file.elements().stream()
                .flatMap(element -> file.endpoints(element).stream())
                .filter(use -> SCHEMES.contains(use.uri().scheme())
                        && !file.definesBean(use.uri().scheme()))
                .forEach(this::check);
    }

    private void check(EndpointUse use) {
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
