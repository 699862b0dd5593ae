package io.threadpost.testing;

import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Asks a running installation for journeys. */
public final class JourneyClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Installation installation;
    private final URI address;

    public JourneyClient(Installation installation) throws IOException {
        this.installation = installation;
        Properties settings = new Properties();
        try (var reader = Files.newBufferedReader(installation.folder().resolve("application.properties"))) {
            settings.load(reader);
        }
        this.address = URI.create("http://127.0.0.1:" + settings.getProperty("quarkus.http.port"));
    }

    /** Waits until nothing waits in a spool: what is delivered is settled then. */
    public void awaitSettled(String spool) {
        await("spool " + spool + " is settled").until(() -> installation
                .inLedger("SELECT COUNT(*) FROM spool_parcel WHERE spool = '" + spool + "' AND state = 'waiting'")
                .equals("0"));
    }

    /** @return the journey of an id, as the API answers it */
    public JsonNode of(String id) throws IOException, InterruptedException {
        String path = "/api/journeys/" + URLEncoder.encode(id, StandardCharsets.UTF_8);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    /** @return the one delivery of a version in a spool */
    public JsonNode delivery(String version, String spool) throws IOException, InterruptedException {
        JsonNode versions = of(version.replace(' ', '@')).path("versions");
        assertThat(versions).as(version).hasSize(1);
        // A thread that failed, or was in hand when the process was killed, comes there by way of unrouted.
        List<JsonNode> stays = StreamSupport.stream(
                        versions.get(0).path("spools").spliterator(), false)
                .flatMap(stay -> Stream.concat(
                        Stream.of(stay), StreamSupport.stream(stay.path("sent").spliterator(), false)))
                .filter(stay -> stay.path("spool").asText().equals(spool))
                .toList();
        assertThat(stays).as(versions.toString()).hasSize(1);
        assertThat(stays.get(0).path("state").asText()).as(versions.toString()).isEqualTo("delivered");
        return stays.get(0);
    }

    /**
     * Ten journeys agree with the files: each version is in the one file that its journey names, and in no other.
     *
     * @param versions as "Id UpdatedUtc"
     */
    public void assertFiles(List<String> versions, Random random) throws IOException, InterruptedException {
        for (String version : some(versions, random)) {
            String receipt = delivery(version, "files").path("receipt").asText();
            List<String> holding = installation.files(receipt.replaceFirst(".*\\.", ".")).stream()
                    .filter(file -> holds(file, version))
                    .map(file -> installation.folder().relativize(file).toString())
                    .toList();
            assertThat(holding).as(version).containsExactly(receipt);
        }
    }

    /** @return ten of the versions, drawn at random */
    public static List<String> some(List<String> versions, Random random) {
        List<String> some = new ArrayList<>();
        while (some.size() < Math.min(10, versions.size())) {
            String drawn = versions.get(random.nextInt(versions.size()));
            if (!some.contains(drawn)) {
                some.add(drawn);
            }
        }
        return some;
    }

    private static boolean holds(Path file, String version) {
        try {
            return Files.readString(file).lines().map(JourneyClient::version).anyMatch(version::equals);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String version(String line) {
        try {
            JsonNode thread = JSON.readTree(line);
            return thread.path("Id").asText() + " " + thread.path("UpdatedUtc").asText();
        } catch (IOException e) {
            return "";
        }
    }
}
