package io.threadpost.oauth;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.entity.UrlEncodedFormEntity;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicNameValuePair;

import io.threadpost.network.HttpAccess;
import io.threadpost.retry.FailureReason;
import io.threadpost.retry.ServerReply;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.settings.OAuthSettings;

/** Access tokens by OAuth 2. A token is cached until shortly before it expires. */
public final class AccessTokens {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int LARGEST = 1024 * 1024;
    /** A token that expires in flight is refused like a wrong one. */
    private static final Duration BEFORE = Duration.ofMinutes(2);

    private final OAuthSettings oauth;
    private final TokenFile file;
    private final RunTimeSecrets secrets;
    private final HttpAccess access;
    private String token;
    /** The newest refresh token, while it could not be written to its file; the one in the file may be void. */
    private String unsaved;

    private long endNanos;

    /** @param file keeps the refresh token that replaces the one in the settings */
    public AccessTokens(OAuthSettings oauth, Path file, RunTimeSecrets secrets, HttpAccess access) {
        this.access = access;
        this.oauth = oauth;
        this.file = new TokenFile(file, oauth.refreshToken());
        this.secrets = secrets;
    }

    /**
     * An access token that is valid for a while.
     *
     * @throws NoTokenException if none can be fetched
     */
    public synchronized String current() {
        if (token == null || System.nanoTime() - endNanos > 0) {
            fetch();
        }
        return token;
    }

    /** Discards a token that the mail server refused. */
    public synchronized void refused(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private void fetch() {
        token = null;
        save();
        Answer answer = ask();
        JsonNode response = json(answer.body());
        if (answer.status() != 200 || !response.path("access_token").isTextual()) {
            throw refusal(answer.status(), response);
        }
        String fetched = response.get("access_token").textValue();
        secrets.learn(fetched);
        keep(response.path("refresh_token").asText(""));
        long seconds = Math.max(0, response.path("expires_in").asLong(3600) - BEFORE.toSeconds());
        endNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        token = fetched;
    }

    /** Called before the access token is used: the previous refresh token may be void already. */
    private void keep(String refresh) {
        try {
            if (!refresh.isEmpty() && !oauth.refreshToken().isEmpty() && !refresh.equals(refreshToken())) {
                secrets.learn(refresh);
                unsaved = refresh;
            }
        } catch (IOException e) {
            throw unkept(e);
        }
        save();
    }

    private void save() {
        try {
            if (unsaved != null) {
                file.write(unsaved);
                unsaved = null;
            }
        } catch (IOException e) {
            throw unkept(e);
        }
    }

    private NoTokenException unkept(IOException e) {
        return down("the new refresh token cannot be kept: " + FailureReason.of(e), true, e);
    }

    private String refreshToken() throws IOException {
        if (unsaved != null) {
            return unsaved;
        }
        String kept = file.read().orElse(oauth.refreshToken());
        secrets.learn(kept);
        return kept;
    }

    private record Answer(int status, String body) {}

    private Answer ask() {
        try (CloseableHttpClient client = access.client(WAIT)) {
            HttpPost request = new HttpPost(oauth.tokenUrl());
            request.setHeader("Accept", "application/json");
            request.setEntity(new UrlEncodedFormEntity(form(), StandardCharsets.UTF_8));
            return client.execute(request, response -> new Answer(response.getCode(), body(response.getEntity())));
        } catch (IOException e) {
            throw down("cannot be reached: " + access.reason(e, oauth.tokenUrl()), false, e);
        }
    }

    private static String body(HttpEntity entity) throws IOException {
        if (entity == null) {
            return "";
        }
        try (InputStream in = entity.getContent()) {
            return new String(in.readNBytes(LARGEST), StandardCharsets.UTF_8);
        }
    }

    private List<NameValuePair> form() throws IOException {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", oauth.clientId());
        form.put("client_secret", oauth.clientSecret());
        form.put("scope", oauth.scope());
        String refresh = refreshToken();
        form.put("grant_type", refresh.isEmpty() ? "client_credentials" : "refresh_token");
        form.put("refresh_token", refresh);
        return form.entrySet().stream()
                .filter(field -> !field.getValue().isEmpty())
                .<NameValuePair>map(field -> new BasicNameValuePair(field.getKey(), field.getValue()))
                .toList();
    }

    private NoTokenException refusal(int status, JsonNode response) {
        String words = (response.path("error").asText("") + " "
                        + response.path("error_description").asText(""))
                .strip();
        Optional<ServerReply.Meaning> meaning = ServerReply.OAUTH.meaning(words);
        // Other statuses, such as 429 or 503, say nothing about the application.
        boolean refused = (status == 400 || status == 401 || status == 403)
                && meaning.filter(known -> known.kind() == ServerReply.Kind.PASSING)
                        .isEmpty();
        String line = (refused ? "refuses the application or its refresh token" : "gives no token") + " (" + status
                + ")" + (words.isEmpty() ? ": its answer is not that of a token endpoint" : ": " + words);
        return down(meaning.map(known -> known.behind(line)).orElse(line), refused, null);
    }

    private NoTokenException down(String what, boolean refused, Exception cause) {
        String line = FailureReason.clean("OAuth 2 at " + oauth.tokenUrl().getAuthority() + ": " + what);
        return new NoTokenException(secrets.redact(line), refused, cause);
    }

    private static JsonNode json(String body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? JSON.createObjectNode() : node;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
