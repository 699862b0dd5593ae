package io.threadpost.routecheck;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A route file as the checks see it.
 *
 * @param root of the YAML
 * @param elements everything that the schema has a name for, in the order of the file
 * @param endpoints that each element names
 * @param parameters names that stand for values in all of the file, as in a kamelet
 * @param text the file's lines
 * @param build what there is in this build
 * @param findings collects what the checks find
 */
record ParsedFile(
        YamlNode root,
        List<ModelElement> elements,
        IdentityHashMap<ModelElement, List<EndpointUse>> endpoints,
        FileOutline outline,
        Set<String> parameters,
        SourceText text,
        BuildModel build,
        FindingCollector findings) {

    private static final String KAMELET = ".kamelet.yaml";

    /** Reads what the schema knows of a file, and reports where it parts from the schema. */
    static ParsedFile of(RouteSource source, YamlNode root, BuildModel build, FindingCollector findings) {
        boolean isKamelet = source.name().endsWith(KAMELET);
        KameletFile kamelet = new KameletFile(root, build.schema(), findings);
        List<ModelElement> elements =
                isKamelet ? kamelet.check() : new SchemaCheck(build.schema(), findings).check(root);
        EndpointReader reader = new EndpointReader(build.components(), build.placeholders());
        IdentityHashMap<ModelElement, List<EndpointUse>> endpoints = new IdentityHashMap<>();
        elements.forEach(element -> endpoints.put(element, reader.read(element)));
        OutlineReader outline = new OutlineReader(elements, endpoints, build);
        return new ParsedFile(
                root,
                elements,
                endpoints,
                isKamelet ? outline.kamelet(root, kamelet.name()) : outline.routes(root),
                isKamelet ? kamelet.parameters() : Set.of(),
                SourceText.of(source.text()),
                build,
                findings);
    }

    List<EndpointUse> endpoints(ModelElement element) {
        return endpoints.get(element);
    }

    /** @return whether the file defines a bean of this name */
    boolean definesBean(String name) {
        return outline.beans().stream().anyMatch(bean -> bean.name().equals(name));
    }

    RouteVocabulary vocabulary() {
        return build.context().vocabulary();
    }
}
