package io.threadpost.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders and files that the settings name.
 *
 * @param files where threads are written
 * @param ledger the SQLite file; empty for PostgreSQL
 * @param routes where the route files are
 */
public record Folders(Path files, Optional<Path> ledger, Path routes) {}
