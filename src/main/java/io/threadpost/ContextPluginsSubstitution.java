package io.threadpost;

import java.util.ServiceLoader;

import com.oracle.svm.core.annotate.Alias;
import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.RecomputeFieldValue.Kind;
import com.oracle.svm.core.annotate.TargetClass;
import org.apache.camel.spi.ContextServicePlugin;

/**
 * For native builds: they create the Camel context, run its plugins and keep its objects in the executable, except the
 * loader of those plugins, whose iterator belongs to the builder. Without it Camel has no plugin to unload when it
 * stops; camel-quarkus for later versions of Camel does the same.
 */
@TargetClass(className = "org.apache.camel.impl.engine.DefaultContextServiceLoaderPlugin")
final class ContextPluginsSubstitution {
    @Alias
    @RecomputeFieldValue(kind = Kind.Reset)
    private ServiceLoader<ContextServicePlugin> contextServicePlugins;

    private ContextPluginsSubstitution() {}
}
