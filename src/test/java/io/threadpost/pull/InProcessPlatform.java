package io.threadpost.pull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Producer;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.DefaultProducer;

import io.threadpost.sandbox.SandboxPlatform;

/** Sends the connector's HTTP requests to a sandbox in the same process, in the caller's thread. */
final class InProcessPlatform {
    private final SandboxPlatform platform;
    private final Runnable beforeEach;

    /** @param beforeEach runs before each request, when the caller already waits for the response */
    InProcessPlatform(SandboxPlatform platform, Runnable beforeEach) {
        this.platform = platform;
        this.beforeEach = beforeEach;
    }

    /** Takes the place of every HTTP endpoint of a context. */
    void replaceHttp(CamelContext context) {
        context.getCamelContextExtension()
                .registerEndpointCallback(
                        (uri, endpoint) -> endpoint instanceof HttpEndpoint http ? inProcess(uri, http) : endpoint);
    }

    private HttpEndpoint inProcess(String uri, HttpEndpoint http) {
        try {
            return new InProcessEndpoint(uri, (HttpComponent) http.getComponent(), http.getHttpUri());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private final class InProcessEndpoint extends HttpEndpoint {
        InProcessEndpoint(String uri, HttpComponent component, URI address) throws Exception {
            super(uri, component, address);
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) throws IOException {
                    Message message = exchange.getMessage();
                    beforeEach.run();
                    byte[] answer = platform.exchange(request(getHttpUri().getPath(), message.getBody(byte[].class)));
                    if (answer.length == 0) {
                        throw new SocketException("Connection reset");
                    }
                    read(answer, message);
                }
            };
        }
    }

    private static byte[] request(String path, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        String head = "POST " + path + " HTTP/1.1\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                + "\r\n\r\n";
        request.write(head.getBytes(StandardCharsets.US_ASCII));
        request.write(body);
        return request.toByteArray();
    }

    private static void read(byte[] answer, Message message) {
        int end = 0;
        while (!new String(answer, end, 4, StandardCharsets.ISO_8859_1).equals("\r\n\r\n")) {
            end++;
        }
        String[] lines = new String(answer, 0, end, StandardCharsets.ISO_8859_1).split("\r\n");
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, Integer.valueOf(lines[0].split(" ")[1]));
        int length = 0;
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            String[] header = line.split(": ", 2);
            message.setHeader(header[0], header[1]);
            length = header[0].equals("Content-Length") ? Integer.parseInt(header[1]) : length;
        }
        message.setBody(new Body(Arrays.copyOfRange(answer, end + 4, answer.length), length));
    }

    /** A body that fails at its end when it is shorter than announced. */
    private static final class Body extends InputStream {
        private final InputStream bytes;
        private int left;

        Body(byte[] bytes, int length) {
            this.bytes = new ByteArrayInputStream(bytes);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            int read = bytes.read(to, offset, length);
            if (read < 0 && left > 0) {
                throw new IOException("the body ended " + left + " bytes early");
            }
            left -= Math.max(0, read);
            return read;
        }
    }
}
