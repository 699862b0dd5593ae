package io.threadpost.settings;

import java.nio.file.Path;

/**
 * Digests by mail; what is one digest's own is written in its route.
 *
 * @param templates the folder of templates that are used in place of the packed ones, relative to the working directory
 *     unless absolute
 */
public record DigestSettings(Path templates) {}
