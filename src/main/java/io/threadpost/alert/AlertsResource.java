package io.threadpost.alert;

import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.jboss.logging.Logger;

import io.threadpost.ops.ApiRefusal;
import io.threadpost.ops.Audited;

/** Lists what is down and the channels of alerts, and tries the channels. */
@Audited
@Path("/api/alerts")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class AlertsResource {
    private static final Logger LOG = Logger.getLogger(AlertsResource.class);

    private final Alerts alerts;

    @Inject
    AlertsResource(Alerts alerts) {
        this.alerts = alerts;
    }

    /** All alerts; none when there is no channel. */
    public record All(List<Alerts.Channel> channels, List<Alerts.Alert> alerts) {}

    /**
     * The result of a test.
     *
     * @param sent channels whose other side has taken it
     * @param failed from the other channels to the reason
     */
    public record Tested(List<String> sent, Map<String, String> failed) {}

    @GET
    public All all() {
        return new All(alerts.status(), alerts.alerts());
    }

    /** Sends a test alert by each channel. */
    @POST
    @Path("test")
    public Tested test(String body) {
        Map<String, String> results = alerts.test();
        if (results.isEmpty()) {
            throw new ApiRefusal(
                    409, "there is nobody to send alerts to", "set threadpost.alerts.to or threadpost.alerts.webhook");
        }
        LOG.infof("operator: a test alert was sent by %s", results.keySet());
        List<String> sent = results.entrySet().stream()
                .filter(result -> result.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .toList();
        results.keySet().removeAll(sent);
        return new Tested(sent, results);
    }
}
