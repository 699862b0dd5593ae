package io.threadpost.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import com.sun.net.httpserver.HttpServer;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

class AbortingCloseTest {
    @Test
    void connectionOfAnAnswerThatWasReadIsUsedAgain() throws Exception {
        Set<Integer> connections = new ConcurrentSkipListSet<>();
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", request -> {
            connections.add(request.getRemoteAddress().getPort());
            byte[] answer = request.getRequestURI().getPath().equals("/empty")
                    ? new byte[0]
                    : "{}".getBytes(StandardCharsets.US_ASCII);
            // 0 means chunks, and -1 no body.
            boolean chunks = request.getRequestURI().getPath().equals("/chunks");
            request.sendResponseHeaders(200, answer.length == 0 ? -1 : chunks ? 0 : answer.length);
            request.getResponseBody().write(answer);
            request.close();
        });
        server.start();
        HttpComponent http = new HttpComponent();
        http.setHttpClientConfigurer(client -> client.addExecInterceptorFirst("prompt-close", new AbortingClose()));
        try (CamelContext camel = new DefaultCamelContext()) {
            camel.addComponent("http", http);
            camel.start();
            ProducerTemplate producer = camel.createProducerTemplate();
            String address = "http://127.0.0.1:" + server.getAddress().getPort();
            for (String path : List.of("/length", "/chunks", "/empty")) {
                // Each endpoint has its own client.
                for (int i = 0; i < 3; i++) {
                    producer.sendBody(address + path + "?httpMethod=POST", "text");
                }
            }
        } finally {
            server.stop(0);
        }

        assertThat(connections).hasSize(3);
    }
}
