package io.threadpost.parity;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Requests with their answers, from {@code parity/api.txt}. A request is {@code METHOD PATH}, and behind {@code |} a
 * header and a body, where there are any. The line below it is the answer: the status, the content type, and the body.
 */
final class ApiQuestions {
    private static final Path FILE = Path.of("src/test/resources/parity/api.txt");

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;

    ApiQuestions(URI server) {
        this.server = server;
    }

    /** @return requests and answers as they have to be */
    static List<String> expected() throws IOException {
        return Files.readAllLines(FILE);
    }

    /** @return the same requests, and what the program answers */
    List<String> asked() throws IOException, InterruptedException {
        List<String> lines = new ArrayList<>();
        List<String> expected = expected();
        for (int i = 0; i < expected.size(); i += 2) {
            lines.add(expected.get(i));
            lines.add(answer(expected.get(i)));
        }
        return lines;
    }

    private String answer(String line) throws IOException, InterruptedException {
        String[] parts = line.split(" \\| ", -1);
        String[] first = parts[0].split(" ", 2);
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(first[1]));
        for (int i = 1; i < parts.length - 1; i++) {
            String[] header = parts[i].split(": ", 2);
            request.header(header[0], header[1]);
        }
        String body = parts.length > 1 ? parts[parts.length - 1] : "";
        request.method(
                first[0],
                body.isEmpty() ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        String type = answer.headers().firstValue("content-type").orElse("-");
        return answer.statusCode() + " " + type.replaceFirst(";.*", "") + " " + settled(answer.body());
    }

    /** What is another one at each run: times. */
    private static String settled(String body) {
        return body.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
                .replaceAll("\"age\":[0-9.]+", "\"age\":N")
                .replace("\n", " ");
    }
}
