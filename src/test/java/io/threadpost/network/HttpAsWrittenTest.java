package io.threadpost.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.threadpost.settings.NetworkSettings;

class HttpAsWrittenTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch slow = new CountDownLatch(1);
    private final CamelContext camel = new DefaultCamelContext();
    private HttpServer server;
    private String address;

    @BeforeEach
    void open() throws Exception {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", request -> {
            asked.add(request.getRequestMethod() + " " + request.getRequestURI());
            request.sendResponseHeaders(200, -1);
            request.close();
        });
        server.createContext("/slow", request -> {
            try (request) {
                slow.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
        address = "http://127.0.0.1:" + server.getAddress().getPort();
        camel.addComponent(
                "http", new HttpAsWritten(new HttpAccess(new NetworkSettings(Optional.empty(), "", Optional.empty()))));
    }

    @AfterEach
    void close() {
        slow.countDown();
        camel.stop();
        server.stop(0);
    }

    private void send(String to, Map<String, Object> headers) throws Exception {
        String route = "- route:\n    from:\n      uri: direct:send\n      steps:\n        - to:\n" + to.indent(12);
        PluginHelper.getRoutesLoader(camel).loadRoutes(ResourceHelper.fromString("send.camel.yaml", route));
        camel.start();
        camel.createProducerTemplate().requestBodyAndHeaders("direct:send", "x", headers);
    }

    @Test
    void bodyIsSentWithItsLength() throws Exception {
        camel.start();
        List<String> lengths = new CopyOnWriteArrayList<>();
        server.createContext("/body", request -> {
            lengths.add(request.getRequestHeaders().getFirst("Content-Length") + " "
                    + request.getRequestBody().readAllBytes().length);
            request.sendResponseHeaders(200, -1);
            request.close();
        });
        for (Object body : List.of("text", new byte[] {1, 2, 3}, ByteBuffer.allocate(2))) {
            camel.createProducerTemplate().sendBody(address + "/body?httpMethod=POST", body);
        }
        camel.createProducerTemplate().sendBody(address + "/body?httpMethod=POST", ByteBuffer.allocate(9 << 20));

        assertThat(lengths).containsExactly("4 4", "3 3", "2 2", "null 9437184");
    }

    @ParameterizedTest
    @CsvSource({
        "?api-version=2024-05-01&sp=%2Ftriggers%2Fmanual&sv=1.0&sig=abc%2Bdef%2F%3D, same",
        "?q=a+b&e=a%20b&plain=a%2520, same",
        "?b=2&a=1&a=2&flag&empty=, same",
        "?n=ž&p=100%&s=a b, ?n=%C5%BE&p=100%25&s=a%20b",
        "?sig=RAW(a+b&c%2B)&x=1, ?sig=a%2Bb%26c%252B&x=1"
    })
    void anAddressWithItsQueryInOneSettingArrivesAsItIsWritten(String query, String arrives) throws Exception {
        camel.getPropertiesComponent().addOverrideProperty("hook.address", address + "/x" + query);

        send("uri: \"{{hook.address}}\"\nparameters:\n  httpMethod: POST\n  skipControlHeaders: true", Map.of());

        assertThat(asked).containsExactly("POST /x" + (arrives.equals("same") ? query : arrives));
    }

    @Test
    void soDoesOneInTheRouteAndItsOptionsReadAsCamelReadsThem() throws Exception {
        send(
                "uri: \"" + address
                        + "/x?sig=a%2Bb&httpMethod=PUT&authUsername=u&authPassword=a%2Bb&connectTimeout=77\"",
                Map.of());

        assertThat(asked).containsExactly("PUT /x?sig=a%2Bb");
        assertThat(endpoint().getConnectTimeout()).isEqualTo(77);
        assertThat(endpoint().getHttpUri()).hasToString(address + "/x?sig=a%2Bb");
    }

    @Test
    void aQueryThatTheRouteEncodedArrivesSo() throws Exception {
        send(
                "uri: " + address + "/contacts",
                Map.of("CamelHttpQuery", "email=a%2Bb%40guest.example&x=%26", "CamelHttpPath", "a%2Fb"));

        assertThat(asked).containsExactly("GET /contacts/a%2Fb?email=a%2Bb%40guest.example&x=%26");
    }

    @Test
    void aStepHasAnOwnTimeoutForAnswers() {
        long begun = System.nanoTime();

        assertThatThrownBy(() -> send("uri: " + address + "/slow\nparameters:\n  responseTimeout: 300ms", Map.of()))
                .rootCause()
                .isInstanceOf(java.net.SocketTimeoutException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void aStepHasADeadlineForTheWholeCallHoweverItsAnswerDrips() {
        server.createContext("/drip", request -> {
            request.sendResponseHeaders(200, 0);
            try (request) {
                while (!slow.await(50, TimeUnit.MILLISECONDS)) {
                    request.getResponseBody().write('x');
                    request.getResponseBody().flush();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        long begun = System.nanoTime();

        assertThatThrownBy(() -> send("uri: " + address + "/drip\nparameters:\n  callTimeout: 1s", Map.of()))
                .rootCause()
                .isInstanceOf(java.net.SocketTimeoutException.class)
                .hasMessage("the answer is not complete after 1 s");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(30));
        assertThat(endpoint().getHttpUri()).hasToString(address + "/drip");
    }

    private HttpEndpoint endpoint() {
        return camel.getEndpoints().stream()
                .filter(HttpEndpoint.class::isInstance)
                .map(HttpEndpoint.class::cast)
                .findFirst()
                .orElseThrow();
    }
}
