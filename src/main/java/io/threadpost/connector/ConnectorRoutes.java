package io.threadpost.connector;

import javax.net.ssl.SSLContext;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.model.dataformat.JsonLibrary;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

import io.threadpost.network.HttpAccess;
import io.threadpost.settings.ConnectorSettings;
import io.threadpost.settings.Settings;

/**
 * The calls to the platform. A caller sends a map of the operation's own properties as body, and the connection in the
 * header {@code ThreadpostConnection}, which is optional if there is only one. Failures are thrown as
 * {@link ConnectorException}. Nothing is retried here: the caller decides whether, when and with what.
 */
@ApplicationScoped
public class ConnectorRoutes extends RouteBuilder {
    private static final String API = "/api/connector/v1/";
    /**
     * Status and failures are read by {@link ResponseReader}; nothing in a message may redirect the call or add headers
     * to it.
     */
    private static final String OPTIONS = "?httpMethod=POST&throwExceptionOnFailure=false&skipControlHeaders=true"
            + "&skipRequestHeaders=true&copyHeaders=false&followRedirects=false&disableStreamCache=true";

    private final Settings settings;
    private final RequestWriter requestWriter;
    private final RequestBudget budget;
    private final ResponseReader responseReader;
    private final HttpAccess access;

    ConnectorRoutes(
            Settings settings,
            RequestWriter requestWriter,
            RequestBudget budget,
            ResponseReader responseReader,
            HttpAccess access) {
        this.settings = settings;
        this.requestWriter = requestWriter;
        this.budget = budget;
        this.responseReader = responseReader;
        this.access = access;
    }

    @Override
    public void configure() {
        configureHttp("http");
        configureHttp("https");
        call(
                "get-threads",
                "messageThreads/getAll: a map of filters and Limitation in, a page of threads out",
                "messageThreads/getAll",
                responseReader::threads);
        call(
                "add-thread",
                "messageThreads/add: a map of OriginalSender and Subject in, the created thread out",
                "messageThreads/add",
                responseReader::createdThread);
        call(
                "get-messages",
                "messages/getAll: a map of MessageThreadIds, filters and Limitation in, a page of messages out",
                "messages/getAll",
                responseReader::messages);
        call(
                "add-messages",
                "messages/add: a map of MessageThreadId and Text, or a list of them, in, the added messages out",
                RequestWriter.ADD_MESSAGES,
                responseReader::addedMessages);
    }

    private void call(String name, String description, String action, Processor answer) {
        String address = settings.connector().address().toString().replaceAll("/+$", "");
        from("direct:" + name)
                // Users' route files may have routes called get-messages or add-messages; the shipped ones do.
                .routeId(action.startsWith("messages/") ? "connector-" + name : name)
                .description(description)
                .noStreamCaching()
                .errorHandler(noErrorHandler())
                .process(exchange -> requestWriter.prepare(exchange, action))
                .doTry()
                .marshal()
                .json(JsonLibrary.Jackson)
                .process(requestWriter::takeSlot)
                .to(platform(address + API + action + OPTIONS))
                .process(answer)
                .doCatch(Exception.class)
                .process(responseReader::failure)
                .doFinally()
                .process(requestWriter::end)
                .end();
    }

    /** Camel's HTTP component retries 429 and 503 by itself, blocking, and waits for three minutes: not here. */
    private void configureHttp(String scheme) {
        ConnectorSettings connector = settings.connector();
        long connect = connector.connectTimeout().toMillis();
        long response = connector.responseTimeout().toMillis();
        HttpComponent http = getContext().getComponent(scheme, HttpComponent.class);
        http.setAutomaticRetriesDisabled(true);
        http.setCookieManagementDisabled(true);
        http.setConnectTimeout(connect);
        http.setConnectionRequestTimeout(connect);
        http.setResponseTimeout(response);
        http.setSoTimeout(response);
        http.setUserAgent(connector.client());
        http.setHttpClientConfigurer(this::client);
        if (http.getSslContextParameters() == null) {
            access.trust().ifPresent(trust -> http.setSslContextParameters(parameters(trust)));
        }
        if (http.getProxyAuthScheme() == null) {
            // The proxy that a route names itself is addressed in plain HTTP, as every other; Camel would use TLS.
            http.setProxyAuthScheme("http");
        }
    }

    private void client(HttpClientBuilder client) {
        client.addExecInterceptorFirst("prompt-close", new AbortingClose());
        access.configure(client);
    }

    /** Unlike the targets of other routes it never takes longer than its timeouts, whatever it answers. */
    private Endpoint platform(String uri) {
        ConnectorSettings connector = settings.connector();
        HttpEndpoint platform = getContext().getEndpoint(uri, HttpEndpoint.class);
        platform.setHttpClientConfigurer(client -> {
            client(client);
            access.limit(client, connector.connectTimeout().plus(connector.responseTimeout()));
        });
        return platform;
    }

    private static SSLContextParameters parameters(SSLContext trust) {
        return new SSLContextParameters() {
            @Override
            public SSLContext createSSLContext(CamelContext camel) {
                return trust;
            }
        };
    }
}
