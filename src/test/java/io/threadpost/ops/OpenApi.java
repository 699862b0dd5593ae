package io.threadpost.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;

/** The OpenAPI description: as the packaged file has it, as the resources are, and compared with an answer. */
public final class OpenApi {
    static final Path FILE = Path.of("src/main/resources/openapi.json");

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<Class<?>> WHOLE = Set.of(int.class, long.class, Integer.class, Long.class);

    private final ObjectNode schemas = JSON.createObjectNode();

    private OpenApi() {}

    /** @return the packaged description */
    public static JsonNode packaged() {
        try {
            return JSON.readTree(Files.readString(FILE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the paths and schemas of all resources, without prose */
    static ObjectNode ofResources() {
        OpenApi api = new OpenApi();
        Map<String, ObjectNode> paths = new TreeMap<>();
        new ClassFileImporter()
                .importPath(Path.of("target/classes/io/threadpost")).stream()
                        .filter(type -> type.isAnnotatedWith(jakarta.ws.rs.Path.class))
                        .map(JavaClass::reflect)
                        .sorted(Comparator.comparing(Class::getName))
                        .forEach(type -> api.resource(type, paths));
        api.schema(ApiErrors.Failure.class);
        ObjectNode described = JSON.createObjectNode();
        ObjectNode all = described.putObject("paths");
        paths.forEach(all::set);
        Map<String, JsonNode> sorted = new TreeMap<>();
        api.schemas.fields().forEachRemaining(schema -> sorted.put(schema.getKey(), schema.getValue()));
        ObjectNode components = described.putObject("components").putObject("schemas");
        sorted.forEach(components::set);
        return described;
    }

    private void resource(Class<?> type, Map<String, ObjectNode> paths) {
        String root = type.getAnnotation(jakarta.ws.rs.Path.class).value();
        for (Method method : type.getDeclaredMethods()) {
            String verb = method.isAnnotationPresent(GET.class)
                    ? "get"
                    : method.isAnnotationPresent(POST.class) ? "post" : null;
            if (verb != null) {
                jakarta.ws.rs.Path below = method.getAnnotation(jakarta.ws.rs.Path.class);
                String path = (root + (below == null ? "" : "/" + below.value().replaceFirst("^/", "")))
                        .replaceAll("\\{(\\w+):[^}]*}", "{$1}");
                paths.computeIfAbsent(path, key -> JSON.createObjectNode()).set(verb, operation(type, method));
            }
        }
    }

    private ObjectNode operation(Class<?> type, Method method) {
        ObjectNode operation = JSON.createObjectNode();
        operation.put("operationId", type.getSimpleName().replaceFirst("Resource$", "") + "." + method.getName());
        ArrayNode parameters = JSON.createArrayNode();
        for (Parameter parameter : method.getParameters()) {
            PathParam inPath = parameter.getAnnotation(PathParam.class);
            QueryParam inQuery = parameter.getAnnotation(QueryParam.class);
            if (inPath != null || inQuery != null) {
                ObjectNode described = parameters.addObject();
                described.put("name", inPath != null ? inPath.value() : inQuery.value());
                described.put("in", inPath != null ? "path" : "query");
                described.put("required", inPath != null);
                described.putObject("schema").put("type", "string");
            } else if (parameter.getType() == String.class && parameter.getAnnotations().length == 0) {
                content(operation.putObject("requestBody"), "application/json").put("type", "object");
            }
        }
        if (!parameters.isEmpty()) {
            operation.set("parameters", parameters);
        }
        ObjectNode responses = operation.putObject("responses");
        ObjectNode good = responses.putObject("200");
        good.put("description", "The answer.");
        ObjectNode schema = content(good, produces(type, method));
        schema.setAll(
                Record.class.isAssignableFrom(method.getReturnType())
                                || method.getGenericReturnType() instanceof ParameterizedType
                        ? schema(method.getGenericReturnType())
                        : JSON.createObjectNode());
        ObjectNode bad = responses.putObject("default");
        bad.put("description", "What is wrong, and what to do.");
        content(bad, "application/json").setAll(schema(ApiErrors.Failure.class));
        return operation;
    }

    private static String produces(Class<?> type, Method method) {
        Annotation own = method.getAnnotation(Produces.class);
        return ((Produces) (own == null ? type.getAnnotation(Produces.class) : own)).value()[0];
    }

    private static ObjectNode content(ObjectNode message, String type) {
        return message.putObject("content").putObject(type).putObject("schema");
    }

    private ObjectNode schema(Type type) {
        ObjectNode schema = JSON.createObjectNode();
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            boolean map = Map.class.isAssignableFrom(raw);
            schema.putArray("type").add(map ? "object" : "array").add("null");
            schema.set(map ? "additionalProperties" : "items", schema(arguments[arguments.length - 1]));
            return schema;
        }
        Class<?> simple = (Class<?>) type;
        if (simple.isRecord()) {
            return schema.put("$ref", "#/components/schemas/" + record(simple));
        }
        if (WHOLE.contains(simple) || simple == double.class || simple == Double.class) {
            return typed(schema, WHOLE.contains(simple) ? "integer" : "number", !simple.isPrimitive());
        }
        if (simple == boolean.class || simple == Boolean.class) {
            return typed(schema, "boolean", !simple.isPrimitive());
        }
        boolean any = simple == Object.class || JsonNode.class.isAssignableFrom(simple);
        assertThat(Collection.class.isAssignableFrom(simple))
                .as("raw %s", simple)
                .isFalse();
        return any ? schema : typed(schema, "string", true);
    }

    private static ObjectNode typed(ObjectNode schema, String type, boolean nullable) {
        if (nullable) {
            schema.putArray("type").add(type).add("null");
        } else {
            schema.put("type", type);
        }
        return schema;
    }

    /** @return the name of its schema, unique by the class around it */
    private String record(Class<?> type) {
        String around = type.getEnclosingClass() == null
                ? ""
                : type.getEnclosingClass().getSimpleName().replaceFirst("Resource$", "");
        String name = around + type.getSimpleName();
        if (!schemas.has(name)) {
            ObjectNode schema = schemas.putObject(name);
            schema.putArray("type").add("object").add("null");
            schema.put("additionalProperties", false);
            ArrayNode required = schema.putArray("required");
            ObjectNode properties = schema.putObject("properties");
            for (RecordComponent component : type.getRecordComponents()) {
                required.add(component.getName());
                properties.set(component.getName(), schema(component.getGenericType()));
            }
        }
        return name;
    }

    /** Fails on a field that is not described, one that is missing, and a value of another type. */
    public static void check(String at, JsonNode value, JsonNode schema) {
        if (schema.has("$ref")) {
            check(at, value, packaged().at(schema.path("$ref").asText().substring(1)));
            return;
        }
        List<String> types = JSON.convertValue(
                schema.path("type").isTextual() ? List.of(schema.path("type").asText()) : schema.path("type"),
                JSON.getTypeFactory().constructCollectionType(List.class, String.class));
        if (types == null || types.isEmpty()) {
            return;
        }
        String type = value.isNull()
                ? "null"
                : value.isTextual()
                        ? "string"
                        : value.isBoolean()
                                ? "boolean"
                                : value.isArray()
                                        ? "array"
                                        : value.isObject() ? "object" : value.isIntegralNumber() ? "integer" : "number";
        assertThat(type.equals("integer") && types.contains("number") ? "number" : type)
                .as(at)
                .isIn(types);
        for (int i = 0; i < value.size() && value.isArray(); i++) {
            check(at + "[" + i + "]", value.get(i), schema.path("items"));
        }
        if (value.isObject() && schema.has("properties")) {
            assertThat(value.fieldNames()).as(at).toIterable().containsExactlyInAnyOrderElementsOf(() -> schema.path(
                            "properties")
                    .fieldNames());
            value.fields()
                    .forEachRemaining(field -> check(
                            at + "." + field.getKey(), field.getValue(), schema.at("/properties/" + field.getKey())));
        } else if (value.isObject()) {
            value.fields()
                    .forEachRemaining(field ->
                            check(at + "." + field.getKey(), field.getValue(), schema.path("additionalProperties")));
        }
    }
}
