package io.threadpost.routecheck;

import java.util.List;
import java.util.Optional;

/**
 * Checks the endpoints of {@code sftp:}, {@code ftps:} and {@code ftp:}: Camel's defaults trust any SFTP server, and
 * write under the final name.
 */
record RemoteFileCheck(Placeholders placeholders, FindingCollector report) {
    private static final List<String> SCHEMES = List.of("sftp", "ftps", "ftp");

    void check(EndpointUse use, EndpointUri uri, ComponentModel componentModel) {
        if (!SCHEMES.contains(componentModel.scheme())) {
            return;
        }
        if (componentModel.scheme().equals("sftp")
                && !option(use, uri, "strictHostKeyChecking")
                        .filter(value -> EndpointUri.open(value) || value.equalsIgnoreCase("yes"))
                        .isPresent()) {
            report.error(
                    use.place(),
                    "the server's host key is not checked, so another machine could take the files and the password",
                    "write `strictHostKeyChecking: \"yes\"` and `knownHostsFile: \"{{key}}\"` below `parameters`");
        }
        if (componentModel.scheme().equals("ftp")) {
            report.warning(use.place(), "`ftp` sends password and files unencrypted", "use `sftp` or `ftps`");
        }
        if (use.direction() == EndpointUse.Direction.TO
                && option(use, uri, "tempFileName").isEmpty()
                && option(use, uri, "tempPrefix").isEmpty()) {
            report.warning(
                    use.place(),
                    "the file has its final name while it is being written, so a reader may take half of it",
                    "write `tempFileName: \"${file:onlyname}.part\"` below `parameters`");
        }
    }

    private Optional<String> option(EndpointUse use, EndpointUri uri, String name) {
        return use.parameters()
                .flatMap(map -> map.textAt(name))
                .or(() -> Optional.ofNullable(uri.options().get(name)))
                .map(value -> placeholders.resolve(value).strip());
    }
}
