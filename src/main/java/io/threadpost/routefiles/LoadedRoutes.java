package io.threadpost.routefiles;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteTemplateDefinition;

/**
 * What one file added to the Camel context.
 *
 * @param routes ids, including those made from templates and kamelets
 * @param paused those without auto-startup
 * @param templates route templates, kamelets among them
 * @param kamelets URIs of endpoints that made routes from kamelets; unless removed, they make none again
 * @param beans names in the registry
 */
record LoadedRoutes(
        Set<String> routes,
        Set<String> paused,
        List<RouteTemplateDefinition> templates,
        List<RouteConfigurationDefinition> configurations,
        Set<String> kamelets,
        List<String> beans) {

    /** @return the current content of the context, without beans */
    static LoadedRoutes everything(CamelContext camel) {
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        Set<String> routes = new LinkedHashSet<>();
        model.getRouteDefinitions().stream().map(RouteDefinition::getRouteId).forEach(routes::add);
        camel.getRoutes().forEach(route -> routes.add(route.getRouteId()));
        return new LoadedRoutes(
                routes,
                camel.getRoutes().stream()
                        .filter(route -> !route.isAutoStartup())
                        .map(Route::getRouteId)
                        .collect(Collectors.toSet()),
                List.copyOf(model.getRouteTemplateDefinitions()),
                List.copyOf(model.getRouteConfigurationDefinitions()),
                camel.getEndpoints().stream()
                        .map(Endpoint::getEndpointUri)
                        .filter(uri -> uri.startsWith("kamelet:"))
                        .collect(Collectors.toSet()),
                List.of());
    }

    /** @return ids of the routes that were started */
    Set<String> started() {
        Set<String> started = new LinkedHashSet<>(routes);
        started.removeAll(paused);
        return started;
    }

    /** @return what was added since, together with these beans */
    LoadedRoutes since(LoadedRoutes before, List<String> itsBeans) {
        Set<String> newRoutes = new LinkedHashSet<>(routes);
        newRoutes.removeAll(before.routes);
        List<RouteTemplateDefinition> newTemplates = new ArrayList<>(templates);
        newTemplates.removeAll(before.templates);
        List<RouteConfigurationDefinition> newConfigurations = new ArrayList<>(configurations);
        newConfigurations.removeAll(before.configurations);
        Set<String> newKamelets = new LinkedHashSet<>(kamelets);
        newKamelets.removeAll(before.kamelets);
        Set<String> newPaused = new LinkedHashSet<>(paused);
        newPaused.retainAll(newRoutes);
        return new LoadedRoutes(newRoutes, newPaused, newTemplates, newConfigurations, newKamelets, itsBeans);
    }
}
