package io.threadpost.connector;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;

import io.threadpost.ledger.Ledger;
import io.threadpost.network.HttpAccess;
import io.threadpost.network.HttpAsWritten;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.SecretFiles;
import io.threadpost.settings.Settings;

/** The package {@code connector} in a plain Camel context, for its own tests and those of other packages. */
public final class ConnectorParts {
    private ConnectorParts() {}

    public static RequestBudget budget(Ledger ledger, Settings settings) {
        return new RequestBudget(ledger, settings);
    }

    public static PlatformClient client(CamelContext camel, Ledger ledger) {
        return new PlatformClient(camel, ledger);
    }

    /** Adds the connector's routes, such as {@code direct:get-threads}, to the context. */
    public static void add(CamelContext camel, Ledger ledger, Settings settings) throws Exception {
        RequestBudget budget = new RequestBudget(ledger, settings);
        CallMeters meters = new CallMeters(new SimpleMeterRegistry());
        HttpAccess access = new HttpAccess(settings.network());
        ConnectorRoutes routes = new ConnectorRoutes(
                settings,
                new RequestWriter(settings, budget, meters, new SecretFiles(new RunTimeSecrets())),
                budget,
                new ResponseReader(budget, settings, meters, access),
                access);
        camel.addComponent("http", new HttpAsWritten(access));
        camel.addComponent("https", new HttpAsWritten(access));
        camel.addRoutes(routes);
    }
}
