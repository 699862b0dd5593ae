package io.threadpost.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

import io.threadpost.Sources;
import io.threadpost.settings.SettingProblem;
import io.threadpost.settings.SettingsResult;

/** The files in {@code deploy/} agree with each other and with the product, as far as that shows without a cluster. */
class DeploymentFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path SQLITE = Path.of("deploy/kubernetes/sqlite.yaml");
    private static final Path POSTGRESQL = Path.of("deploy/kubernetes/postgresql.yaml");
    private static final Path CHART = Path.of("deploy/helm/threadpost");
    private static final Path COMPOSE = Path.of("deploy/compose/compose.yaml");
    private static final Path UNIT = Path.of("deploy/systemd/threadpost.service");
    private static final String SECRETS = "/run/secrets/threadpost/";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void manifestsReferToWhatThereIs(String ledger) {
        Path file = Path.of("deploy/kubernetes/" + ledger + ".yaml");
        Map<String, JsonNode> objects = objects(file);
        JsonNode node = workload(objects);
        JsonNode pod = node.at("/spec/template/spec");
        Set<String> names = new TreeSet<>(objects.keySet());
        for (String created : List.of("ConfigMap threadpost-routes", "Secret threadpost-secrets")) {
            String command =
                    "kubectl create " + created.toLowerCase(Locale.ROOT).replace("secret ", "secret generic ");
            assertThat(commands()).anyMatch(line -> line.startsWith(command + " "));
            names.add(created);
        }

        Map<String, String> volumes = new TreeMap<>();
        pod.path("volumes").forEach(volume -> volumes.put(volume.path("name").asText(), target(volume)));
        node.at("/spec/volumeClaimTemplates")
                .forEach(claim -> volumes.put(claim.at("/metadata/name").asText(), ""));
        assertThat(volumes.values()).allMatch(target -> target.isEmpty() || names.contains(target));
        assertThat(values(pod.at("/containers/0/volumeMounts"), "name"))
                .containsExactly("state", "out", "settings", "routes", "secrets");
        assertThat(volumes.keySet()).containsExactlyInAnyOrder("state", "out", "settings", "routes", "secrets");
        assertThat(node.at("/spec/selector/matchLabels"))
                .isEqualTo(objects.get("Service threadpost").at("/spec/selector"));
        assertThat(node.at("/spec/template/metadata/labels")).isEqualTo(node.at("/spec/selector/matchLabels"));
        assertThat(objects.get("Service threadpost")
                        .at("/spec/ports/0/targetPort")
                        .asText())
                .isEqualTo(pod.at("/containers/0/ports/0/name").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void podsAreProbedHardenedAndGivenTimeToStop(String ledger) {
        JsonNode node = workload(objects(Path.of("deploy/kubernetes/" + ledger + ".yaml")));
        JsonNode pod = node.at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0");
        Properties built = built();
        String port = built.getProperty("quarkus.management.port");

        assertThat(container.at("/ports/0/containerPort").asText()).isEqualTo(port);
        assertThat(node.at("/spec/template/metadata/annotations/prometheus.io~1path")
                        .asText())
                .isEqualTo(built.getProperty("quarkus.micrometer.export.prometheus.path"));
        assertThat(node.at("/spec/template/metadata/annotations/prometheus.io~1port")
                        .asText())
                .isEqualTo(port);
        Map.of("startupProbe", "/started", "livenessProbe", "/live", "readinessProbe", "/ready")
                .forEach((probe, path) -> assertThat(
                                container.path(probe).at("/httpGet/path").asText())
                        .isEqualTo(built.getProperty("quarkus.smallrye-health.root-path") + path));
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThanOrEqualTo(2 * shutdownSeconds());
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(container.at("/securityContext/readOnlyRootFilesystem").asBoolean())
                .isTrue();
        assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                .isFalse();
        assertThat(container.at("/securityContext/capabilities/drop/0").asText())
                .isEqualTo("ALL");
        for (JsonNode mount : container.path("volumeMounts")) {
            boolean written = Set.of("state", "out").contains(mount.path("name").asText());
            assertThat(mount.path("readOnly").asBoolean(false)).isEqualTo(!written);
        }
        // A file that is mounted by subPath never changes.
        assertThat(container.at("/volumeMounts/3/subPath").isMissingNode()).isTrue();
    }

    @Test
    void oneNodeOwnsAnSqliteLedgerAndNodesOnPostgresqlAreTheSamePods() {
        JsonNode one = workload(objects(SQLITE));
        JsonNode several = workload(objects(POSTGRESQL));

        assertThat(one.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(one.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
        assertThat(several.at("/spec/replicas").asInt()).isGreaterThan(1);
        assertThat(several.at("/spec/serviceName").asText()).isEqualTo("threadpost");
        assertThat(objects(POSTGRESQL)
                        .get("PersistentVolumeClaim threadpost-out")
                        .at("/spec/accessModes/0")
                        .asText())
                .isEqualTo("ReadWriteMany");
        assertThat(several.at("/spec/template/spec/containers")).isEqualTo(one.at("/spec/template/spec/containers"));
        // Where they differ on purpose, the chart has a condition.
        String template = Monitoring.text(CHART.resolve("templates/nodes.yaml"));
        String manifest = Monitoring.text(SQLITE);
        assertThat(template)
                .contains(between(manifest, "          # Migrating", "          resources:"))
                .contains(between(manifest, "      securityContext:\n        runAsNonRoot", "      containers:"))
                .contains(between(
                        manifest, "          securityContext:\n            allow", "            - name: settings"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void settingsInManifestsAreAcceptedByTheProduct(String ledger) throws IOException {
        Map<String, JsonNode> objects = objects(Path.of("deploy/kubernetes/" + ledger + ".yaml"));
        String settings = objects.get("ConfigMap threadpost-settings")
                .at("/data/application.properties")
                .asText();
        Set<String> keys = Pattern.compile(SECRETS + "([\\w-]+)")
                .matcher(settings)
                .results()
                .map(file -> file.group(1))
                .collect(Collectors.toSet());

        assertThat(problems(settings)).isEmpty();
        assertThat(commands().stream().filter(command -> command.contains("create secret generic threadpost-secrets")))
                .anyMatch(command -> keys.stream().allMatch(key -> command.contains("--from-file=" + key)));
    }

    @Test
    void chartUsesTheValuesItDefinesAndNoOthers() {
        String templates = Sources.below(CHART.resolve("templates").toString()).stream()
                .map(Monitoring::text)
                .collect(Collectors.joining("\n"));
        Set<String> used = Pattern.compile("\\.Values\\.([\\w.]+)")
                .matcher(templates)
                .results()
                .map(value -> value.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> defined = new TreeSet<>();
        leaves("", yaml(Monitoring.text(CHART.resolve("values.yaml"))).get(0), defined);

        assertThat(used).allMatch(value -> defined.stream().anyMatch(leaf -> (leaf + ".").startsWith(value + ".")));
        assertThat(defined).allMatch(leaf -> used.stream().anyMatch(value -> (leaf + ".").startsWith(value + ".")));
        assertThat(Pattern.compile("include \"([\\w.]+)\"")
                        .matcher(templates)
                        .results()
                        .map(name -> "define \"" + name.group(1) + "\""))
                .isNotEmpty()
                .allMatch(templates::contains);
        assertThat(templates.split("\\{\\{-? (?:if|range|with|define) ", -1))
                .hasSameSizeAs(templates.split("\\{\\{-? end ", -1));
    }

    @Test
    void settingsInTheChartAreAcceptedByTheProduct() throws IOException {
        JsonNode values = yaml(Monitoring.text(CHART.resolve("values.yaml"))).get(0);
        List<String> lines = new ArrayList<>();
        values.path("settings")
                .fields()
                .forEachRemaining(setting ->
                        lines.add(setting.getKey() + "=" + setting.getValue().asText()));
        values.at("/secrets/keys")
                .fields()
                .forEachRemaining(secret -> lines.add(
                        secret.getKey() + "-file=" + SECRETS + secret.getValue().asText()));

        assertThat(problems(String.join("\n", lines))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgresql"})
    void helmRendersTheChart(String ledger) throws Exception {
        assumeThat(onPath("helm")).as("helm is installed").isTrue();

        String rendered = run(
                "helm",
                "template",
                "threadpost",
                CHART.toString(),
                "--set",
                "ledger.type=" + ledger,
                "--set",
                "ledger.url=jdbc:postgresql://db/threadpost,out.accessMode=ReadWriteMany",
                "--set",
                "routes.configMap=threadpost-routes");
        Map<String, JsonNode> objects = new LinkedHashMap<>();
        yaml(rendered).forEach(object -> objects.put(name(object), object));

        assertThat(workload(objects).at("/spec/template/spec/containers/0/volumeMounts"))
                .isEqualTo(workload(objects(Path.of("deploy/kubernetes/" + ledger + ".yaml")))
                        .at("/spec/template/spec/containers/0/volumeMounts"));
    }

    @Test
    void unitRestartsWhatARestartHelps() {
        String unit = Monitoring.text(UNIT);

        assertThat(unit)
                .contains("\nRestart=on-failure\n", "\nSuccessExitStatus=143\n", "\nRestartPreventExitStatus=1\n");
        assertThat(number(unit, "TimeoutStopSec=(\\d+)")).isGreaterThanOrEqualTo(2 * shutdownSeconds());
        assertThat(unit.lines().filter(line -> line.startsWith("Environment=THREADPOST_")))
                .hasSize(2)
                .allMatch(line -> key(line.substring(12).split("=")[0]).endsWith("-token-file"))
                .allMatch(line -> unit.contains("\nLoadCredential=" + line.substring(line.indexOf("%d/") + 3) + ":"));
    }

    @Test
    void unitIsUnderstoodBySystemd() throws Exception {
        assumeThat(onPath("systemd-analyze")).as("systemd is installed").isTrue();
        assumeThat(Files.isExecutable(Path.of("/usr/bin/java"))).isTrue();
        Path wrong = folder.resolve("wrong.service");
        Files.writeString(wrong, Monitoring.text(UNIT).replace("ProtectClock=", "ProtectClocks="));

        assertThat(findings(UNIT)).isEmpty();
        assertThat(findings(wrong)).singleElement().asString().contains("ProtectClocks");
    }

    /** What systemd says of this unit; it may have remarks about units of this machine, too. */
    private static List<String> findings(Path unit) throws Exception {
        Process process = new ProcessBuilder(
                        "systemd-analyze", "verify", unit.toAbsolutePath().toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        return printed.lines()
                .filter(line -> line.contains(unit.getFileName().toString()))
                .toList();
    }

    @Test
    void composeRefersToWhatThereIs() {
        JsonNode compose = yaml(Monitoring.text(COMPOSE)).get(0);
        for (Map.Entry<String, JsonNode> entry : fields(compose.path("services"))) {
            JsonNode service = entry.getValue();
            assertThat(service.path("image").asText()).as(entry.getKey()).matches("[a-z/-]+:v?\\d+(\\.\\d+)+");
            Set<String> secrets = new TreeSet<>();
            service.path("secrets").forEach(secret -> secrets.add(secret.asText()));
            assertThat(secrets).allMatch(secret -> compose.path("secrets").has(secret));
            assertThat(Pattern.compile("/run/secrets/([\\w-]+)")
                            .matcher(service.toString())
                            .results()
                            .map(file -> file.group(1))
                            .collect(Collectors.toSet()))
                    .as(entry.getKey())
                    .isEqualTo(secrets);
            for (JsonNode volume : service.path("volumes")) {
                String source = volume.asText().split(":")[0];
                assertThat(
                                source.startsWith(".")
                                        ? Files.exists(COMPOSE.resolveSibling(source))
                                        : compose.path("volumes").has(source))
                        .as(volume.asText())
                        .isTrue();
            }
        }
        JsonNode threadpost = compose.at("/services/threadpost");
        assertThat(threadpost.path("read_only").asBoolean()).isTrue();
        assertThat(threadpost.path("restart").asText()).startsWith("on-failure:");
        assertThat(Files.exists(
                        COMPOSE.resolveSibling(threadpost.at("/build/context").asText())
                                .resolve(threadpost.at("/build/dockerfile").asText())))
                .isTrue();
    }

    @Test
    void settingsInComposeAreAcceptedByTheProduct() throws IOException {
        StringBuilder settings = new StringBuilder();
        for (Map.Entry<String, JsonNode> variable :
                fields(yaml(Monitoring.text(COMPOSE)).get(0).at("/services/threadpost/environment"))) {
            settings.append(key(variable.getKey()))
                    .append('=')
                    .append(variable.getValue().asText())
                    .append('\n');
        }

        assertThat(problems(settings.toString().replace("/run/secrets/", SECRETS)))
                .isEmpty();
    }

    @Test
    void prometheusScrapesTheJobThatAlertsNameAndGrafanaShowsIt() {
        JsonNode prometheus =
                yaml(Monitoring.text(COMPOSE.resolveSibling("prometheus.yaml"))).get(0);
        JsonNode job = prometheus.at("/scrape_configs/0");

        assertThat(Monitoring.text(Monitoring.ALERTS))
                .contains("job=\"" + job.path("job_name").asText() + "\"");
        assertThat(Monitoring.text(Monitoring.DASHBOARD))
                .contains("job=\\\"" + job.path("job_name").asText() + "\\\"");
        assertThat(job.path("metrics_path").asText())
                .isEqualTo(built().getProperty("quarkus.micrometer.export.prometheus.path"));
        assertThat(job.at("/static_configs/0/targets/0").asText())
                .isEqualTo("threadpost:" + built().getProperty("quarkus.management.port"));
        assertThat(prometheus.at("/rule_files/0").asText())
                .isEqualTo(Monitoring.ALERTS.getFileName().toString());
        assertThat(yaml(Monitoring.text(COMPOSE.resolveSibling("grafana-datasources.yaml")))
                        .get(0)
                        .at("/datasources/0/url")
                        .asText())
                .isEqualTo("http://prometheus:9090");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Containerfile", "Containerfile.native"})
    void imagesRunAsNobodyAndHoldNoSettings(String name) {
        String file = Monitoring.text(Path.of("deploy/container").resolve(name));
        List<String> last =
                Arrays.asList(file.substring(file.lastIndexOf("\nFROM ")).split("\n"));

        assertThat(last)
                .contains(
                        "USER 65532:65532",
                        "WORKDIR /threadpost",
                        "EXPOSE " + built().getProperty("quarkus.management.port"));
        assertThat(last.stream().filter(line -> line.startsWith("COPY") && line.contains("--chown")))
                .allMatch(line -> line.matches(".* /threadpost/(state|out)"));
        assertThat(last.stream().filter(line -> line.startsWith("ENV THREADPOST_") || line.startsWith("ENV QUARKUS_")))
                .allSatisfy(
                        line -> assertThat(problems(key(line.substring(4).split("=")[0]) + "=" + line.split("=")[1]))
                                .noneMatch(problem -> problem.contains("unknown")));
        Set<String> allowed = Monitoring.text(Path.of(".dockerignore"))
                .lines()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .collect(Collectors.toSet());
        assertThat(file.lines()
                        .filter(line -> line.matches("COPY (?!--from).*"))
                        .map(line -> line.replaceAll("COPY (?:--\\S+ )*(\\S+) .*", "$1")))
                .isNotEmpty()
                .allMatch(allowed::contains);
        assertThat(Monitoring.text(Path.of(".dockerignore"))).contains("\n*\n");
    }

    /** The archive of classes fits only a start with the same options. */
    @Test
    void imageTrainsItsArchiveLikeThePackage() {
        String file = Monitoring.text(Path.of("deploy/container/Containerfile"));
        String pom = Monitoring.text(Path.of("pom.xml"));
        Pattern option = Pattern.compile("\"(-XX:[+T][^\"]+|-Dcamel[^\"]+)\"");

        assertThat(option.matcher(file).results().map(found -> found.group(1)))
                .hasSize(3)
                .allMatch(found -> pom.contains("<arg value=\"" + found + "\"/>"));
    }

    /** What the product says about these settings; the files of secrets exist and hold something. */
    private List<String> problems(String settings) throws IOException {
        for (MatchResult secret : Pattern.compile(SECRETS + "([\\w-]+)")
                .matcher(settings)
                .results()
                .toList()) {
            Files.writeString(folder.resolve(secret.group(1)), "a-long-secret-of-" + secret.group(1) + "\n");
        }
        Files.writeString(folder.resolve("application.properties"), settings.replace(SECRETS, folder + "/"));
        return SettingsResult.in(folder, "prod").problems().stream()
                .map(SettingProblem::line)
                .toList();
    }

    private static String key(String variable) {
        String plain = variable.replaceFirst("_FILE$", "");
        if (plain.startsWith("QUARKUS_")) {
            return plain.toLowerCase(Locale.ROOT).replace('_', '.');
        }
        return Sources.settings().keySet().stream()
                        .filter(key -> key.toUpperCase(Locale.ROOT)
                                .replaceAll("[^A-Z]", "_")
                                .equals(plain))
                        .findFirst()
                        .orElse(variable)
                + (plain.equals(variable) ? "" : "-file");
    }

    private static Map<String, JsonNode> objects(Path file) {
        Map<String, JsonNode> objects = new LinkedHashMap<>();
        yaml(Monitoring.text(file)).forEach(object -> objects.put(name(object), object));
        return objects;
    }

    private static JsonNode workload(Map<String, JsonNode> objects) {
        return objects.values().stream()
                .filter(object -> object.at("/spec/template").isObject())
                .findFirst()
                .orElseThrow();
    }

    private static String name(JsonNode object) {
        return object.path("kind").asText() + " " + object.at("/metadata/name").asText();
    }

    private static String target(JsonNode volume) {
        return volume.has("configMap")
                ? "ConfigMap " + volume.at("/configMap/name").asText()
                : volume.has("secret")
                        ? "Secret " + volume.at("/secret/secretName").asText()
                        : "PersistentVolumeClaim "
                                + volume.at("/persistentVolumeClaim/claimName").asText();
    }

    private static List<JsonNode> yaml(String text) {
        List<JsonNode> documents = new ArrayList<>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(text)
                .forEach(document -> documents.add(JSON.valueToTree(document)));
        documents.removeIf(JsonNode::isNull);
        return documents;
    }

    private static List<Map.Entry<String, JsonNode>> fields(JsonNode object) {
        List<Map.Entry<String, JsonNode>> fields = new ArrayList<>();
        object.fields().forEachRemaining(fields::add);
        return fields;
    }

    private static List<String> values(JsonNode list, String field) {
        List<String> values = new ArrayList<>();
        list.forEach(element -> values.add(element.path(field).asText()));
        return values;
    }

    private static void leaves(String path, JsonNode node, Set<String> leaves) {
        if (!node.isObject() || node.isEmpty()) {
            leaves.add(path);
            return;
        }
        fields(node)
                .forEach(field -> leaves(
                        path.isEmpty() ? field.getKey() : path + "." + field.getKey(), field.getValue(), leaves));
    }

    private static String between(String text, String from, String to) {
        int begin = text.indexOf(from);
        return text.substring(begin, text.indexOf(to, begin));
    }

    private static Properties built() {
        Properties properties = new Properties();
        try (BufferedReader in = Files.newBufferedReader(Path.of("src/main/resources/application.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    private static int shutdownSeconds() {
        return Integer.parseInt(built().getProperty("camel.main.shutdown-timeout"));
    }

    private static int number(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .findFirst()
                .orElseThrow();
    }

    /** The commands of the page about deployment, each in one line. */
    private static List<String> commands() {
        return Monitoring.text(Path.of("docs/operate/deploy.md"))
                .replace("\\\n", "")
                .lines()
                .filter(line -> line.startsWith("kubectl "))
                .toList();
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }
}
