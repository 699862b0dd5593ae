package io.threadpost.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import jakarta.inject.Singleton;

import io.quarkus.qute.Engine;
import io.quarkus.qute.EvalContext;
import io.quarkus.qute.Expression;
import io.quarkus.qute.HtmlEscaper;
import io.quarkus.qute.ReflectionValueResolver;
import io.quarkus.qute.TemplateLocator.TemplateLocation;
import io.quarkus.qute.TemplateNode.Origin;
import io.quarkus.qute.ValueResolver;
import io.quarkus.qute.Variant;
import io.quarkus.runtime.annotations.RegisterForReflection;

import io.threadpost.ops.RedactedText;
import io.threadpost.text.PlainText;

/**
 * Renders pages from the packaged templates. Those of digests have an engine of their own, since users replace them.
 * Every text is redacted, made harmless and escaped here, so that no template can forget it.
 */
@Singleton
final class PageTemplates {
    private static final String FOLDER = "/page/";
    private static final String HTML = "text/html";
    private static final Variant VARIANT = new Variant(null, StandardCharsets.UTF_8, HTML);

    private final RedactedText redactedText;
    private final Engine engine;

    PageTemplates(RedactedText redactedText) {
        this.redactedText = redactedText;
        this.engine = Engine.builder()
                .addDefaults()
                .addValueResolver(new RegisteredRecords())
                .addResultMapper(new SafeText())
                .addLocator(name -> Optional.of(location(name)))
                .strictRendering(true)
                .removeStandaloneLines(true)
                .build();
    }

    /** @param data records of this package, texts, numbers and lists of them */
    String render(String template, Map<String, Object> data) {
        return engine.getTemplate(template + ".html").data(data).render();
    }

    private static TemplateLocation location(String name) {
        String source = new String(resource(name), StandardCharsets.UTF_8);
        return new TemplateLocation() {
            @Override
            public Reader read() {
                return new StringReader(source);
            }

            @Override
            public Optional<Variant> getVariant() {
                return Optional.of(VARIANT);
            }
        };
    }

    /** @return a packaged file of the page */
    static byte[] resource(String name) {
        try (InputStream in = PageTemplates.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the package lacks " + FOLDER + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Redacts before it escapes: an escaped secret would not be found. */
    private final class SafeText extends HtmlEscaper {
        SafeText() {
            super(List.of(HTML));
        }

        @Override
        public boolean appliesTo(Origin origin, Object result) {
            return result instanceof String;
        }

        @Override
        public String map(Object result, Expression expression) {
            return super.map(PlainText.harmless(redactedText.clean((String) result)), expression);
        }
    }

    /** Reads records by reflection, but only those that a native executable knows, so that the JVM fails like it. */
    private static final class RegisteredRecords implements ValueResolver {
        private final ReflectionValueResolver reflection = new ReflectionValueResolver();

        @Override
        public boolean appliesTo(EvalContext context) {
            Object base = context.getBase();
            return base instanceof Record
                    && base.getClass().isAnnotationPresent(RegisterForReflection.class)
                    && reflection.appliesTo(context);
        }

        @Override
        public CompletionStage<Object> resolve(EvalContext context) {
            return reflection.resolve(context);
        }
    }
}
