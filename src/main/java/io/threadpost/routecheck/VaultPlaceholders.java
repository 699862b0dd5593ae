package io.threadpost.routecheck;

import java.util.Locale;
import java.util.Set;

/**
 * Functions of placeholders that Camel knows, and that lead to a vault. None of them is in this build; Camel would take
 * the path for a default.
 */
final class VaultPlaceholders {
    private static final Set<String> NAMES = Set.of(
            "aws",
            "azure",
            "gcp",
            "hashicorp",
            "cyberark",
            "ibm",
            "secret",
            "secret-binary",
            "configmap",
            "configmap-binary",
            "springcloudconfig",
            "vault");

    private VaultPlaceholders() {}

    /** @param key what stands before the first colon of a placeholder */
    static boolean isFunction(String key) {
        String name = key.strip().toLowerCase(Locale.ROOT);
        return NAMES.contains(name) || name.startsWith("k8s") || name.startsWith("kubernetes");
    }

    /** Refuses the placeholder in words. @param name of the function */
    static void refuse(String name, int line, int column, FindingCollector findingCollector) {
        findingCollector.error(
                line,
                column,
                "there is no vault " + findingCollector.quote(name) + " here",
                "give the value to a setting, by the environment or a file, and write {{its.key}}");
    }
}
