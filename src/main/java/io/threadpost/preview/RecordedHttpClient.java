package io.threadpost.preview;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.apache.camel.component.http.HttpEndpoint;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Records the requests that an endpoint of Camel's {@code http:} makes, and connects to nothing. */
final class RecordedHttpClient implements HttpClient {
    /** The answer of a service about which nothing is known. */
    static final String ASSUMED = "200, empty (assumed)";

    private static final Set<Integer> WITHOUT_BODY = Set.of(204, 304);

    private final HttpEndpoint endpoint;
    private final EffectRecorder recorder;

    RecordedHttpClient(HttpEndpoint endpoint, EffectRecorder recorder) {
        this.endpoint = endpoint;
        this.recorder = recorder;
    }

    /** @return the header by which the client logs in without being asked to; null when there is none */
    private String authorization() {
        if (endpoint.getOauth2ClientId() != null) {
            return "Bearer ***";
        }
        if (!endpoint.isAuthenticationPreemptive() || "NTLM".equalsIgnoreCase(endpoint.getAuthMethod())) {
            return null;
        }
        if ("Bearer".equalsIgnoreCase(endpoint.getAuthMethod())) {
            return "Bearer " + endpoint.getAuthBearerToken();
        }
        String login = endpoint.getAuthUsername() + ":" + endpoint.getAuthPassword();
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private ClassicHttpResponse answer(HttpHost host, ClassicHttpRequest request) throws IOException {
        String path = request.getRequestUri();
        String address = path.matches("(?i)https?://.*") || host == null ? path : host.toURI() + path;
        Map<String, Object> headers = new LinkedHashMap<>();
        for (Header header : request.getHeaders()) {
            // As the client sends it: in one line.
            String value = String.valueOf(header.getValue()).replaceAll("[\r\n\f\u000b]", " ");
            headers.merge(header.getName(), value, (one, more) -> one + ", " + more);
        }
        if (authorization() != null) {
            headers.put("Authorization", authorization());
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        if (request.getEntity() != null) {
            request.getEntity().writeTo(body);
            if (request.getEntity().getContentType() != null) {
                headers.putIfAbsent("Content-Type", request.getEntity().getContentType());
            }
        }
        ServiceAnswer answer = recorder.answer(request.getMethod(), address);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("method", request.getMethod());
        fields.put("url", address);
        fields.put("headers", headers);
        fields.put("body", body.toByteArray());
        fields.put("answer", answer == ServiceAnswer.EMPTY ? ASSUMED : answer.status());
        recorder.effect("http", fields);
        BasicClassicHttpResponse response = new BasicClassicHttpResponse(answer.status());
        answer.headers().forEach(response::addHeader);
        if (!request.getMethod().equals("HEAD") && !WITHOUT_BODY.contains(answer.status())) {
            String type = answer.headers().entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("application/json");
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            // Streaming, as from a socket: only then Camel holds the body so that it can be read again.
            response.setEntity(new InputStreamEntity(
                    new ByteArrayInputStream(bytes),
                    bytes.length,
                    bytes.length == 0 ? null : ContentType.parseLenient(type)));
            if (!response.containsHeader("Content-Length") && !response.containsHeader("Transfer-Encoding")) {
                response.addHeader("Content-Length", bytes.length);
            }
            if (bytes.length > 0 && !response.containsHeader("Content-Type")) {
                response.addHeader("Content-Type", type);
            }
        }
        return response;
    }

    @Override
    public ClassicHttpResponse executeOpen(HttpHost host, ClassicHttpRequest request, HttpContext context)
            throws IOException {
        return answer(host, request);
    }

    @Override
    @Deprecated
    public HttpResponse execute(ClassicHttpRequest request) throws IOException {
        return answer(null, request);
    }

    @Override
    @Deprecated
    public HttpResponse execute(ClassicHttpRequest request, HttpContext context) throws IOException {
        return answer(null, request);
    }

    @Override
    @Deprecated
    public ClassicHttpResponse execute(HttpHost host, ClassicHttpRequest request) throws IOException {
        return answer(host, request);
    }

    @Override
    @Deprecated
    public HttpResponse execute(HttpHost host, ClassicHttpRequest request, HttpContext context) throws IOException {
        return answer(host, request);
    }

    @Override
    public <T> T execute(ClassicHttpRequest request, HttpClientResponseHandler<? extends T> handler)
            throws IOException {
        return execute(null, request, null, handler);
    }

    @Override
    public <T> T execute(
            ClassicHttpRequest request, HttpContext context, HttpClientResponseHandler<? extends T> handler)
            throws IOException {
        return execute(null, request, context, handler);
    }

    @Override
    public <T> T execute(HttpHost host, ClassicHttpRequest request, HttpClientResponseHandler<? extends T> handler)
            throws IOException {
        return execute(host, request, null, handler);
    }

    @Override
    public <T> T execute(
            HttpHost host,
            ClassicHttpRequest request,
            HttpContext context,
            HttpClientResponseHandler<? extends T> handler)
            throws IOException {
        try {
            return handler.handleResponse(answer(host, request));
        } catch (HttpException e) {
            throw new IOException(e);
        }
    }
}
