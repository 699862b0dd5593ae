package io.threadpost.ops;

import java.util.function.Supplier;
import java.util.regex.Pattern;

import jakarta.inject.Provider;
import jakarta.inject.Singleton;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;

import io.threadpost.access.Admission;
import io.threadpost.audit.AuditLog.Operator;

/** Who acts in the current thread. */
@Singleton
public final class OperatorContext {
    /** The header by which a command names the user that runs it. It proves nothing, and admits nobody. */
    public static final String USER = "X-Threadpost-User";

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}._-]{1,64}");

    private final Provider<CurrentVertxRequest> request;
    private final ThreadLocal<Operator> onPage = new ThreadLocal<>();

    OperatorContext(Provider<CurrentVertxRequest> request) {
        this.request = request;
    }

    /** Runs an action that a form of the page asks for. */
    public <T> T onPage(RoutingContext asked, Supplier<T> action) {
        onPage.set(operator(asked, ", on the page"));
        try {
            return action.get();
        } finally {
            onPage.remove();
        }
    }

    Operator current() {
        Operator known = onPage.get();
        if (known != null) {
            return known;
        }
        RoutingContext asked = request.get().getCurrent();
        if (asked == null) {
            return new Operator("this process", "");
        }
        String user = asked.request().getHeader(USER);
        boolean named = user != null && NAME.matcher(user).matches();
        return operator(asked, named ? ", command of " + user : "");
    }

    private Operator operator(RoutingContext asked, String more) {
        String how = Admission.of(asked).map(Admission::how).orElse("not admitted");
        return new Operator(
                how + more, String.valueOf(asked.request().remoteAddress().hostAddress()));
    }
}
