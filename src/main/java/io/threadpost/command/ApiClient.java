package io.threadpost.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;
import io.threadpost.settings.SettingsResult;

/** Asks the running installation of the working directory, through its API for operators. */
final class ApiClient {
    private static final String URL = "--url";
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofMinutes(10);
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final String url;
    private final String token;

    private ApiClient(String url, String token) {
        this.url = url;
        this.token = token;
    }

    /** The option that names another installation; every command that asks has it. */
    static OptionSpec option() {
        return OptionSpec.builder(URL)
                .type(String.class)
                .paramLabel("URL")
                .description("the running installation, unless it is the one of the working directory; the token is"
                        + " threadpost.api.token")
                .build();
    }

    /**
     * The client for the installation of the working directory, or for the one that the arguments name.
     *
     * @throws CommandFailure when a setting is wrong
     */
    static ApiClient of(ParseResult arguments, CommandContext context) throws CommandFailure {
        return of(arguments, context.settings(), context);
    }

    /**
     * As {@link #of(ParseResult, CommandContext)}, also where settings are missing: a folder of routes has no tokens.
     */
    static ApiClient ofRoutes(ParseResult arguments, CommandContext context) {
        return of(arguments, context.result().settings(), context);
    }

    private static ApiClient of(ParseResult arguments, Settings settings, CommandContext context) {
        String url = arguments.matchedOptionValue(URL, own(context.result())).replaceFirst("/+$", "");
        return new ApiClient(url, settings.get(SettingsCatalogue.API_TOKEN));
    }

    private static String own(SettingsResult settings) {
        boolean tls =
                settings.value("quarkus.http.insecure-requests").orElse("").equals("disabled");
        String host = settings.value("quarkus.http.host")
                .filter(name -> !name.matches("0\\.0\\.0\\.0|\\[?::]?"))
                .orElse("127.0.0.1");
        return tls
                ? "https://" + host + ":"
                        + settings.value("quarkus.http.ssl-port").orElse("8443")
                : "http://" + host + ":" + settings.value("quarkus.http.port").orElse("8080");
    }

    String url() {
        return url;
    }

    /** @return whether the arguments name another installation than that of the working directory */
    static boolean isNamed(ParseResult arguments) {
        return arguments.hasMatchedOption(URL);
    }

    /**
     * Reads.
     *
     * @param path begins with {@code /api/}; what comes from outside must be URL encoded in it
     * @throws CommandFailure when nothing answers, or the answer is a refusal
     */
    JsonNode get(String path) throws CommandFailure {
        return json(send(request(path).GET(), HttpResponse.BodyHandlers.ofString()));
    }

    /**
     * Reads byte for byte what is no JSON of the API, with its headers.
     *
     * @param path begins with {@code /api/}; what comes from outside must be URL encoded in it
     * @throws CommandFailure when nothing answers, or the answer is a refusal
     */
    HttpResponse<byte[]> getRaw(String path) throws CommandFailure {
        HttpResponse<byte[]> response = send(request(path).GET(), HttpResponse.BodyHandlers.ofByteArray());
        if (response.statusCode() / 100 != 2) {
            json(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    /**
     * Acts.
     *
     * @param path begins with {@code /api/}
     * @param body a JSON object
     * @throws CommandFailure when nothing answers, or the answer is a refusal
     */
    JsonNode post(String path, JsonNode body) throws CommandFailure {
        return json(send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())),
                HttpResponse.BodyHandlers.ofString()));
    }

    /**
     * Acts, and writes what is answered to a file.
     *
     * @param path begins with {@code /api/}
     * @param body a JSON object
     * @param file must not exist; it is for its owner alone
     * @throws CommandFailure when nothing answers, or the answer is a refusal
     * @throws IOException when the file cannot be written
     */
    void download(String path, JsonNode body, Path file) throws CommandFailure, IOException {
        HttpResponse<InputStream> response = send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body.toString())),
                HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream answer = response.body()) {
            if (response.statusCode() / 100 != 2) {
                json(response.statusCode(), new String(answer.readAllBytes(), StandardCharsets.UTF_8));
            }
            FileAttribute<?>[] owner =
                    FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                            ? new FileAttribute<?>[] {
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                            }
                            : new FileAttribute<?>[0];
            Files.createFile(file, owner);
            try (OutputStream out = Files.newOutputStream(file)) {
                answer.transferTo(out);
            } catch (IOException e) {
                // A part of a zip is of no use, and holds personal data.
                Files.deleteIfExists(file);
                throw e;
            }
        } catch (FileAlreadyExistsException e) {
            throw new CommandFailure("`" + file + "` exists already; name another file");
        }
    }

    private HttpRequest.Builder request(String path) throws CommandFailure {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER);
            String user = System.getProperty("user.name", "").replaceAll("[^\\p{Alnum}._-]", "");
            if (!user.isEmpty()) {
                request.header("X-Threadpost-User", user);
            }
            return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(
                    "`" + url + "` is not the URL of an installation; write it like http://127.0.0.1:8080");
        }
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body)
            throws CommandFailure {
        try {
            return client.send(request.build(), body);
        } catch (ConnectException e) {
            throw new CommandFailure("no Threadpost answers at " + url + "; start it there, or name another by " + URL);
        } catch (IOException e) {
            throw new CommandFailure(url + " cannot be asked: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage())
                    + "; check that Threadpost runs there");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted before " + url + " answered; ask again");
        }
    }

    private JsonNode json(HttpResponse<String> response) throws CommandFailure {
        return json(response.statusCode(), response.body());
    }

    private JsonNode json(int status, String text) throws CommandFailure {
        JsonNode body;
        try {
            body = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(url + " answers " + status + ", but not as Threadpost does; check the address");
        }
        if (status / 100 == 2) {
            return body;
        }
        throw new CommandFailure(body.path("problem").asText("the answer is " + status) + "; "
                + body.path("advice").asText("see the log of Threadpost"));
    }
}
