package io.threadpost.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders and files that the settings name.
 *
 * @param files where threads are written
 * @param filesAccess who may read that folder when it is created
 * @param ledger the SQLite file; empty for PostgreSQL
 * @param routes where the route files are
 * @param templates where templates of one's own are; it may be missing
 * @param authorities the PEM file of authorities to trust; empty for none
 */
public record ConfiguredFolders(
        Path files,
        FileAccess filesAccess,
        Optional<Path> ledger,
        Path routes,
        Path templates,
        Optional<Path> authorities) {}
