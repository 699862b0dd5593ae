package io.threadpost.ops;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Provider;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import io.threadpost.pull.PlanWindowsProcessor;
import io.threadpost.reply.PullRepliesProcessor;
import io.threadpost.settings.Settings;
import io.threadpost.settings.SettingsCatalogue;

/**
 * {@code POST /webhook/SECRET}: the platform calls when a message was added. The event names the message only, and
 * there is no look-up by its Id, so a call is a reason to ask, whatever it says. It is answered at once: the platform
 * waits for five seconds.
 */
@ApplicationScoped
public class Webhook {
    private static final long LARGEST = 1 << 20;
    private static final String SECRET = "secret";

    private final Provider<Settings> settings;
    private final Provider<PlanWindowsProcessor> planWindows;
    private final Provider<PullRepliesProcessor> pullReplies;

    /** All are looked up at a call: routes of HTTP are made before the ledger is open. */
    Webhook(
            Provider<Settings> settings,
            Provider<PlanWindowsProcessor> planWindows,
            Provider<PullRepliesProcessor> pullReplies) {
        this.settings = settings;
        this.planWindows = planWindows;
        this.pullReplies = pullReplies;
    }

    void register(@Observes Router router) {
        router.post("/webhook/:" + SECRET).handler(this::called);
    }

    private void called(RoutingContext call) {
        if (!isRight(call.pathParam(SECRET))) {
            call.response().setStatusCode(404).end();
            return;
        }
        HttpServerRequest request = call.request();
        AtomicLong length = new AtomicLong();
        request.handler(part -> {
            if (length.addAndGet(part.length()) > LARGEST && !call.response().ended()) {
                call.response()
                        .setStatusCode(413)
                        .putHeader("Connection", "close")
                        .end();
            }
        });
        request.endHandler(end -> {
            if (!call.response().ended()) {
                call.response().setStatusCode(200).end();
                // Neither blocks: each hands its work to its own thread.
                call.vertx().executeBlocking(() -> {
                    planWindows.get().planNow();
                    pullReplies.get().webhook();
                    return null;
                });
            }
        });
        request.resume();
    }

    /** In constant time: the duration reveals nothing about the secret. */
    private boolean isRight(String given) {
        String secret = settings.get().get(SettingsCatalogue.WEBHOOK_SECRET);
        return !secret.isEmpty()
                && MessageDigest.isEqual(
                        secret.getBytes(StandardCharsets.UTF_8),
                        String.valueOf(given).getBytes(StandardCharsets.UTF_8));
    }
}
