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

/** Access tokens by OAuth 2: one is kept until shortly before it ends. */
public final class AccessTokens {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration WAIT = Duration.ofSeconds(20);
    private static final int LARGEST = 1024 * 1024;
    /** A token that ends while it is on its way is refused like a wrong one. */
    private static final Duration BEFORE = Duration.ofMinutes(2);

    private final OAuthSettings oauth;
    private final TokenFile file;
    private final RunTimeSecrets secrets;
    private final HttpAccess access;
    private String token;
    /** The newest refresh token, while it could not be written down; the one in the file may be void. */
    private String unsaved;

    private long endNanos;

    /** @param file where a refresh token is kept that takes the place of the one in the settings */
    public AccessTokens(OAuthSettings oauth, Path file, RunTimeSecrets secrets, HttpAccess access) {
        this.access = access;
        this.oauth = oauth;
        this.file = new TokenFile(file, oauth.refreshToken());
        this.secrets = secrets;
    }

    /**
     * An access token that is good for a while.
     *
     * @throws NoTokenException when none is to be had
     */
    public synchronized String current() {
        if (token == null || System.nanoTime() - endNanos > 0) {
            fetch();
        }
        return token;
    }

    /** The mail server does not take this one: it is not used again. */
    public synchronized void refused(String refused) {
        if (refused.equals(token)) {
            token = null;
        }
    }

    private void fetch() {
        token = null;
        save();
        Answer answer = ask();
        JsonNode said = json(answer.body());
        if (answer.status() != 200 || !said.path("access_token").isTextual()) {
            throw refusal(answer.status(), said);
        }
        String fetched = said.get("access_token").textValue();
        secrets.learn(fetched);
        keep(said.path("refresh_token").asText(""));
        long seconds = Math.max(0, said.path("expires_in").asLong(3600) - BEFORE.toSeconds());
        endNanos = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        token = fetched;
    }

    /** Before anything is done with the access token: the refresh token before may be void already. */
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
            throw down("cannot be reached: " + access.said(e, oauth.tokenUrl()), false, e);
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

    private NoTokenException refusal(int status, JsonNode said) {
        String words = (said.path("error").asText("") + " "
                        + said.path("error_description").asText(""))
                .strip();
        Optional<ServerReply.Meaning> meaning = ServerReply.OAUTH.meaning(words);
        // What it answers in between, such as 429 or 503, is no word about the application.
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
