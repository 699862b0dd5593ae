package io.threadpost.routefiles;

import static io.threadpost.routefiles.LiveRoutes.saying;
import static io.threadpost.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.quarkus.core.devmode.NoShutdownStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import io.threadpost.Promise;
import io.threadpost.Proves;

/** What happens to exchanges while their route is replaced. */
@Tag("alone")
@Proves(Promise.EDITS_ARE_SAFE)
class LiveSwapTest extends LiveFolder {
    private static final String FILE = "say.camel.yaml";
    private static final int EDITS = 20;

    private final ExecutorService senders = Executors.newCachedThreadPool();

    @AfterEach
    void stopSending() {
        senders.shutdownNow();
    }

    @Test
    void noExchangeIsLostAndAnEditTakesLessThanASecond() throws Exception {
        put(FILE, saying("say", "direct:said", "0"));
        AtomicBoolean sending = new AtomicBoolean(true);
        AtomicInteger sent = new AtomicInteger();
        try (LiveRoutes live = start()) {
            Set<String> versions = ConcurrentHashMap.newKeySet();
            List<Future<?>> load = new ArrayList<>();
            for (int sender = 0; sender < 3; sender++) {
                load.add(senders.submit(() -> {
                    while (sending.get()) {
                        String words = "w" + sent.incrementAndGet();
                        String answer = live.say(words);
                        assertThat(answer).endsWith(" " + words);
                        versions.add(answer.substring(0, answer.indexOf(' ')));
                        TimeUnit.MICROSECONDS.sleep(200);
                    }
                    return null;
                }));
            }
            List<Long> millis = new ArrayList<>();
            for (int edit = 1; edit <= EDITS; edit++) {
                String version = String.valueOf(edit);
                long began = System.nanoTime();
                live.write(FILE, saying("say", "direct:said", version));
                await().pollInterval(java.time.Duration.ofMillis(5)).until(() -> versions.contains(version));
                millis.add((System.nanoTime() - began) / 1_000_000);
            }
            sending.set(false);
            for (Future<?> sender : load) {
                sender.get();
            }
            millis.sort(null);
            long median = millis.get(EDITS / 2);
            System.out.printf(
                    "from write to the first exchange of the new route: median %d ms, slowest %d ms of %d; %d "
                            + "exchanges%n",
                    median, millis.get(EDITS - 1), EDITS, sent.get());
            assertThat(median).isLessThan(1000);
        }
    }

    @Test
    void editsTakeEffectInDevModeThatHasNoShutdownStrategy() throws Exception {
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            live.camel.setShutdownStrategy(new NoShutdownStrategy());
            live.write(FILE, saying("say", "direct:said", "two"));

            await().until(() -> live.say("a").equals("two a"));
        }
    }

    @Test
    void whatIsUnderWayIsFinishedByTheOldRoute() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        put(FILE, saying("say", "direct:said", "one"));
        try (LiveRoutes live = start()) {
            Processor wait = exchange -> {
                inside.countDown();
                goOn.await();
            };
            live.camel.getRegistry().bind("writeFiles", wait);
            live.write(
                    FILE, saying("say", "direct:said", "slow") + "        - process:\n            ref: writeFiles\n");
            await().until(() -> live.camel.getRoute("say") != null
                    && live.camel.getRoute("say").getProcessor() != null
                    && live.count("loaded") == 2);
            Future<String> slow = senders.submit(() -> live.say("a"));
            inside.await();
            live.write(FILE, saying("say", "direct:said", "two"));
            // The old route takes nothing new any more, and is waited for.
            await().until(() -> live.camel.getEndpoint("direct:said") != null
                    && live.camel.getInflightRepository().size("say") == 1);
            Future<String> next = senders.submit(() -> live.say("b"));
            goOn.countDown();
            assertThat(slow.get()).isEqualTo("slow a");
            assertThat(next.get()).isIn("two b", "slow b");
            await().until(() -> live.say("c").equals("two c"));
        }
    }

    @Test
    void anOrderlySwapWorksNoItemOfASpoolAgain() throws Exception {
        String drain =
                """
                - route:
                    id: drain
                    description: Version %d.
                    from:
                      uri: spool:said
                      steps:
                        - process:
                            ref: writeFiles
                """;
        put(FILE, drain.formatted(0));
        Queue<String> worked = new ConcurrentLinkedQueue<>();
        try (LiveRoutes live = start()) {
            Processor work = exchange -> {
                worked.add(exchange.getMessage().getHeader("ThreadpostKey", String.class));
                TimeUnit.MILLISECONDS.sleep(5);
            };
            live.camel.getRegistry().bind("writeFiles", work);
            try (ProducerTemplate template = live.camel.createProducerTemplate()) {
                for (int item = 0; item < 400; item++) {
                    template.sendBodyAndHeader("spool:said", "words", "ThreadpostKey", "k" + item);
                }
            }
            for (int version = 1; worked.size() < 400; version++) {
                live.write(FILE, drain.formatted(version));
                double loaded = live.count("loaded");
                await().until(() -> live.count("loaded") > loaded);
            }
            assertThat(live.count("loaded")).isGreaterThan(2);
            assertThat(worked).doesNotHaveDuplicates().hasSize(400);
        }
    }
}
