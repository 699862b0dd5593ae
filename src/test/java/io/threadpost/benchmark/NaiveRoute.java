package io.threadpost.benchmark;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;

/**
 * The route that one would write first: a timer, a loop over the pages, a split, and a file that each thread is
 * appended to. Nothing is forced to disk.
 */
final class NaiveRoute extends RouteBuilder {
    private static final String MORE = "more";

    private final ObjectMapper json = new ObjectMapper();
    private final ObjectNode request = Requests.first(json);
    private final CountDownLatch drained = new CountDownLatch(1);
    private final String platform;
    private final Path file;

    private NaiveRoute(String platform, Path file) {
        this.platform = platform;
        this.file = file;
    }

    /** @param arguments the platform's address, and the file to write */
    public static void main(String[] arguments) throws Exception {
        NaiveRoute route = new NaiveRoute(arguments[0], Path.of(arguments[1]).toAbsolutePath());
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            camel.addRoutes(route);
            camel.start();
            route.drained.await();
            Requests.done();
        }
    }

    @Override
    public void configure() {
        from("timer:pull?repeatCount=1&delay=0")
                .setProperty(MORE, constant(true))
                .loopDoWhile(exchangeProperty(MORE))
                .process(this::ask)
                .to(Requests.uri(platform) + "?httpMethod=POST")
                .unmarshal()
                .json(JsonLibrary.Jackson)
                .process(this::next)
                .split(body())
                .marshal()
                .json(JsonLibrary.Jackson)
                .to("file:" + file.getParent() + "?fileExist=Append&appendChars=\\n&fileName=" + file.getFileName())
                .end()
                .end()
                .process(exchange -> drained.countDown());
    }

    private void ask(Exchange exchange) throws Exception {
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, "application/json");
        exchange.getMessage().setBody(json.writeValueAsBytes(request));
    }

    private void next(Exchange exchange) {
        Map<?, ?> page = exchange.getMessage().getBody(Map.class);
        List<?> threads = (List<?>) page.get("MessageThreads");
        request.withObject("/Limitation").put("Cursor", (String) page.get("Cursor"));
        exchange.setProperty(MORE, page.get("Cursor") != null && threads.size() == Requests.PAGE);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setBody(threads);
    }
}
