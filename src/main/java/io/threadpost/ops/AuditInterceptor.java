package io.threadpost.ops;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.threadpost.audit.AuditLog;

/**
 * Records every operator action: its name is its address without what it is about, and what it is about are the
 * parameters of the address and the fields that select something. Of other fields the name alone is recorded, and of
 * the result numbers and flags alone, so that no content reaches the audit log.
 */
@Audited
@Interceptor
@Priority(Interceptor.Priority.APPLICATION)
class AuditInterceptor {
    private static final Set<String> SELECTING = Set.of(
            "id",
            "key",
            "number",
            "mail",
            "mailbox",
            "all",
            "from",
            "to",
            "connection",
            "spool",
            "thread",
            "withheld",
            "unknown",
            "version",
            "bodies",
            "address");

    private static final Set<Class<?>> COUNTS = Set.of(int.class, long.class, boolean.class);
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>,;:()\"@]+@[\\p{L}\\p{N}.-]*\\.[\\p{L}\\p{N}-]+");
    private static final Pattern WORD = Pattern.compile("[a-z0-9-]{1,40}");
    private static final JsonMapper JSON = new JsonMapper();

    private final AuditLog audit;
    private final OperatorContext operators;

    @Inject
    AuditInterceptor(AuditLog audit, OperatorContext operators) {
        this.audit = audit;
        this.operators = operators;
    }

    @AroundInvoke
    Object record(InvocationContext call) throws Exception {
        Method method = call.getMethod();
        if (!method.isAnnotationPresent(POST.class)) {
            return call.proceed();
        }
        return audit.record(
                operators.current(),
                action(method),
                target(method, call.getParameters()),
                () -> proceed(call),
                AuditInterceptor::result,
                failure -> failure instanceof ApiRefusal refusal ? "refused: " + refusal.status() : "failed");
    }

    private static Object proceed(InvocationContext call) {
        try {
            return call.proceed();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the address of the action without {@code /api/} and without parameters, such as {@code spools/hold} */
    static String action(Method method) {
        Path own = method.getAnnotation(Path.class);
        String address =
                method.getDeclaringClass().getAnnotation(Path.class).value() + "/" + (own == null ? "" : own.value());
        return address.replaceFirst("^/?api/", "")
                .replaceAll("\\{[^}]*}", "")
                .replaceAll("/+", "/")
                .replaceAll("/$", "");
    }

    private static String target(Method method, Object... values) {
        List<String> target = new ArrayList<>();
        Parameter[] parameters = method.getParameters();
        for (int i = 0; i < parameters.length; i++) {
            PathParam named = parameters[i].getAnnotation(PathParam.class);
            if (named != null) {
                target.add(named.value() + " " + values[i]);
            } else if (values[i] instanceof String body && parameters[i].getAnnotations().length == 0) {
                fields(body, target);
            }
        }
        return String.join(", ", target);
    }

    private static void fields(String body, List<String> target) {
        JsonNode fields;
        try {
            fields = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return;
        }
        if (fields != null) {
            fields.fields().forEachRemaining(field -> {
                String name = field.getKey();
                String value = field.getValue().asText();
                if (SELECTING.contains(name)
                        || name.equals("reason") && WORD.matcher(value).matches()) {
                    // An address is replaced by its hash; any other text may be a name.
                    boolean none =
                            name.equals("address") && !ADDRESS.matcher(value).matches();
                    target.add(none ? name : name.equals("address") ? value : name + " " + value);
                } else if (WORD.matcher(name).matches()) {
                    target.add(name);
                }
            });
        }
    }

    private static String result(Object answer) {
        StringJoiner counts = new StringJoiner(", ");
        if (answer instanceof Record counted) {
            RecordComponent[] components = counted.getClass().getRecordComponents();
            // What has a name is shown as it is now; its numbers are not what the action did.
            boolean state = Stream.of(components)
                    .anyMatch(component -> component.getName().equals("name"));
            for (RecordComponent component : state ? new RecordComponent[0] : components) {
                if (COUNTS.contains(component.getType())) {
                    counts.add(component.getName() + " " + value(counted, component));
                }
            }
        }
        return counts.length() == 0 ? "done" : counts.toString();
    }

    private static Object value(Record answer, RecordComponent component) {
        try {
            return component.getAccessor().invoke(answer);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
