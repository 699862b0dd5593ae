package io.threadpost.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxValidationTest {
    private static final String WHO = SandboxClient.CREDENTIALS;
    private static final String WHEN =
            "'UpdatedUtc':{'StartUtc':'2024-01-01T00:00:00Z','EndUtc':'2024-02-01T00:00:00Z'}";
    private static final String MOST = "'Limitation':{'Count':10}";
    private static final String ID = "'7f9325f6-ef44-4911-89a8-ae51010a5aa4'";

    private SandboxPlatform platform;
    private SandboxClient client;

    @BeforeAll
    void start() {
        platform = SandboxPlatform.start(new SandboxOptions().noLimit());
        client = new SandboxClient(platform);
    }

    @AfterAll
    void stop() {
        platform.close();
    }

    static Stream<String> wellFormed() {
        return Stream.of(
                join(WHO, WHEN, MOST),
                join(
                        WHO,
                        "'CreatedUtc':{'StartUtc':'2024-01-31T10:00:00.1234567Z',"
                                + "'EndUtc':'2024-04-30T10:00:00.1234567+00:00'}",
                        MOST),
                join(WHO, "'CreatedUtc':{'StartUtc':'2024-01-01T00:00:00Z','EndUtc':'2024-01-01T00:00:00Z'}", MOST),
                join(WHO, WHEN, "'CreatedUtc':null,'EnterpriseIds':null,'MessageThreadIds':null", MOST),
                join(WHO, "'MessageThreadIds':[" + ID + "]", "'Limitation':{'Count':1000,'Cursor':null}"),
                join(WHO, "'EnterpriseIds':['" + SandboxOptions.ENTERPRISE + "']", WHEN, MOST),
                join(WHO, "'LanguageCode':'en-US','CultureCode':'en-US'", WHEN, MOST));
    }

    @ParameterizedTest
    @MethodSource("wellFormed")
    void whatTheContractAllowsIsAnswered(String body) throws Exception {
        HttpResponse<String> response = client.post("getAll", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Request-Id")).isPresent();
        assertThat(response.headers().firstValue("Date")).isPresent();
    }

    static Stream<String> malformed() {
        return Stream.of(
                "",
                "[]",
                "{",
                join(WHO, WHEN, MOST) + "x",
                join(WHO, WHEN, MOST, "'Unknown':1"),
                join(WHO, WHEN, MOST, "'Limitation':{'Count':10}"),
                join(WHO, WHEN, "'Limitation':{'Count':10,'Offset':1}"),
                join(WHO, WHEN, "'Limitation':{'Count':10,'Cursor':'abc'}"),
                join(WHO, WHEN, "'Limitation':{'Count':10,'Cursor':''}"),
                join(WHO, WHEN, "'Limitation':{'Count':10,'Cursor':" + ID + "}"),
                join(WHO, WHEN, "'Limitation':{'Count':0}"),
                join(WHO, WHEN, "'Limitation':{'Count':1001}"),
                join(WHO, WHEN, "'Limitation':{'Count':'10'}"),
                join(WHO, WHEN, "'Limitation':{'Count':1.5}"),
                join(WHO, WHEN, "'Limitation':{}"),
                join(WHO, WHEN, "'Limitation':null"),
                join(WHO, WHEN, "'Limitation':10"),
                join(WHO, WHEN),
                join(WHO, MOST),
                join(WHO, "'EnterpriseIds':['" + SandboxOptions.ENTERPRISE + "']", MOST),
                join(WHO, "'EnterpriseIds':[]", WHEN, MOST),
                join(WHO, "'EnterpriseIds':[" + ID + "]", WHEN, MOST),
                join(WHO, "'MessageThreadIds':[]", MOST),
                join(WHO, "'MessageThreadIds':['7f9325f6']", MOST),
                join(WHO, "'MessageThreadIds':['{7f9325f6-ef44-4911-89a8-ae51010a5aa4}']", MOST),
                join(WHO, "'MessageThreadIds':[null]", MOST),
                join(WHO, "'MessageThreadIds':" + ID, MOST),
                join(WHO, "'MessageThreadIds':[" + String.join(",", Collections.nCopies(1001, ID)) + "]", MOST),
                join(WHO, interval("2024-01-01T00:00:00Z", "2024-04-01T00:00:00.0000001Z"), MOST),
                join(WHO, interval("2024-01-02T00:00:00Z", "2024-01-01T00:00:00Z"), MOST),
                join(WHO, interval("2024-01-01", "2024-01-02"), MOST),
                join(WHO, interval("2024-01-01T00:00:00", "2024-01-02T00:00:00"), MOST),
                join(WHO, interval("2024-02-30T00:00:00Z", "2024-03-01T00:00:00Z"), MOST),
                join(WHO, "'UpdatedUtc':{'StartUtc':'2024-01-01T00:00:00Z'}", MOST),
                join(WHO, "'UpdatedUtc':{}", MOST),
                join(WHO, "'UpdatedUtc':'2024-01-01T00:00:00Z'", MOST),
                join(WHO, "'LanguageCode':'en-US'", WHEN, MOST),
                join("'ClientToken':'sandbox-client-token','AccessToken':'sandbox-access-token'", WHEN, MOST),
                join(
                        "'ClientToken':'sandbox-client-token','AccessToken':'sandbox-access-token','Client':''",
                        WHEN,
                        MOST),
                join("'ClientToken':1,'AccessToken':'sandbox-access-token','Client':'Test 1.0.0'", WHEN, MOST));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatTheContractDoesNotAllowIsRefusedInThePlatformsForm(String body) throws Exception {
        platform.clearRequests();
        HttpResponse<String> response = client.post("getAll", body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        assertThat(client.json(response).fieldNames()).toIterable().containsExactly("Message", "RequestId", "Details");
        assertThat(client.json(response).path("RequestId").textValue())
                .isEqualTo(response.headers().firstValue("Request-Id").orElseThrow());
        assertThat(platform.refusals()).singleElement().satisfies(refused -> {
            assertThat(refused.refusal())
                    .isEqualTo(client.json(response).path("Message").textValue());
            assertThat(refused.action()).isEqualTo("getAll");
            assertThat(refused.status()).isEqualTo(400);
        });
        assertThat(platform.requests()).isEqualTo(platform.refusals());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'ClientToken':'other','AccessToken':'sandbox-access-token','Client':'Test 1.0.0'",
                "'ClientToken':'sandbox-client-token','AccessToken':'other','Client':'Test 1.0.0'",
            })
    void wrongTokensAre401(String credentials) throws Exception {
        assertThat(client.post("getAll", join(credentials, WHEN, MOST)).statusCode())
                .isEqualTo(401);
        assertThat(client.post("add", join(credentials, "'OriginalSender':'a','Subject':'b'"))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Subject':'b'",
                "'OriginalSender':'','Subject':'b'",
                "'OriginalSender':'a','Subject':null",
                "'OriginalSender':'a','Subject':'b','Text':'c'",
                "'OriginalSender':'a','Subject':['b']",
            })
    void malformedAddsAreRefusedAndAddNothing(String body) throws Exception {
        assertThat(client.post("add", join(WHO, body)).statusCode()).isEqualTo(400);
        assertThat(platform.versions()).isEmpty();
    }

    @Test
    void onlyTheExactPathAndPostAreAnswered() throws Exception {
        for (String action : List.of("getall", "getAll/", "GetAll", "add/", "")) {
            assertThat(client.post(action, join(WHO, WHEN, MOST)).statusCode())
                    .as(action)
                    .isEqualTo(404);
        }
        String path = "/api/connector/v1/messageThreads/getAll";
        assertThat(client.send(client.request(path).GET()).statusCode()).isEqualTo(404);
        assertThat(client.send(client.request("/API/connector/v1/messageThreads/getAll")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.send(client.request(path)
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatIsTooLargeIs413() throws Exception {
        String body = join(WHO, "'OriginalSender':'a','Subject':'" + "b".repeat(1_100_000) + "'");
        assertThat(client.post("add", body).statusCode()).isEqualTo(413);
    }

    @Test
    void chunkedRequestsAreUnderstood() throws Exception {
        byte[] body = join(WHO, WHEN, MOST).replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> response = client.send(client.request("/api/connector/v1/messageThreads/getAll")
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))));
        assertThat(response.statusCode()).isEqualTo(200);
    }

    private static String interval(String start, String end) {
        return SandboxClient.updated(start, end);
    }

    private static String join(String... parts) {
        return "{" + String.join(",", parts) + "}";
    }
}
