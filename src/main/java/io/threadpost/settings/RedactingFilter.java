package io.threadpost.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ArcContainer;
import io.quarkus.logging.LoggingFilter;
import io.smallrye.config.SmallRyeConfig;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

import io.threadpost.secrets.RedactedThrowable;
import io.threadpost.secrets.Redactor;
import io.threadpost.secrets.RunTimeSecrets;
import io.threadpost.text.AddressMask;
import io.threadpost.text.PlainText;

/**
 * Redacts every log record, at every level: message, parameters, context and exceptions. It also masks the addresses of
 * guests, and removes characters that would forge further lines.
 *
 * <p>The code that logs cannot do it: the HTTP client's wire log prints request bodies with the tokens.
 */
@LoggingFilter(name = RedactingFilter.NAME)
public final class RedactingFilter implements Filter {
    static final String NAME = "redact";
    private final ExtFormatter formatter = new PatternFormatter("%s");
    private final Redactor redactor;
    private final AddressMask addresses;
    private volatile ArcContainer known;
    private volatile RunTimeSecrets runTime;

    /** With the secrets of the running application. */
    public RedactingFilter() {
        this(ConfigView.of(
                ConfigProvider.getConfig().unwrap(SmallRyeConfig.class), System.getenv(), PropertiesFile.NONE));
    }

    private RedactingFilter(ConfigView settings) {
        this(new Redactor(new ConfiguredSecrets(settings).all()), addresses(settings));
    }

    RedactingFilter(Redactor redactor, AddressMask addresses) {
        this.redactor = redactor;
        this.addresses = addresses;
    }

    private static AddressMask addresses(ConfigView settings) {
        List<String> values = new ArrayList<>(settings.environment().values());
        List<String> hosts = new ArrayList<>();
        for (String key : settings.writtenKeys()) {
            settings.find(key).flatMap(ConfigView.Found::value).ifPresent(value -> {
                values.add(value);
                if (key.endsWith("host")) {
                    hosts.add(value);
                }
            });
        }
        return new AddressMask(values, hosts);
    }

    /** Without secrets, and without what would break the line or reverse it. */
    private String redact(String text) {
        String redacted = redactor.redact(text);
        ArcContainer container = Arc.container();
        if (container != known && (container == null || container.isRunning())) {
            // Dev mode and tests start more than one in a process.
            runTime = container == null
                    ? null
                    : container.instance(RunTimeSecrets.class).get();
            known = container;
        }
        RunTimeSecrets learnt = runTime;
        return PlainText.harmless(addresses.mask(learnt == null ? redacted : learnt.redact(redacted)));
    }

    /** Always true. */
    @Override
    public boolean isLoggable(LogRecord entry) {
        message(entry);
        if (entry instanceof ExtLogRecord extended) {
            context(extended);
        }
        parameters(entry);
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            Throwable redacted = RedactedThrowable.of(thrown, this::redact);
            if (redacted != thrown) {
                entry.setThrown(redacted);
            }
        }
        return true;
    }

    private void message(LogRecord entry) {
        // The formatted text, since a secret may be composed of message and parameters.
        String text = formatter.formatMessage(entry);
        String redacted = redact(text);
        if (redacted == text) {
            return;
        }
        if (entry instanceof ExtLogRecord extended) {
            extended.setMessage(redacted, ExtLogRecord.FormatStyle.NO_FORMAT);
        } else {
            entry.setMessage(redacted);
        }
        entry.setParameters(null);
    }

    private void parameters(LogRecord entry) {
        Object[] parameters = entry.getParameters();
        Object[] redacted = null;
        for (int i = 0; parameters != null && i < parameters.length; i++) {
            if (parameters[i] == null || parameters[i] instanceof Number) {
                continue;
            }
            String text = String.valueOf(parameters[i]);
            String without = redact(text);
            if (without != text) {
                redacted = redacted == null ? parameters.clone() : redacted;
                redacted[i] = without;
            }
        }
        if (redacted != null) {
            entry.setParameters(redacted);
        }
    }

    private void context(ExtLogRecord entry) {
        entry.getMdcCopy().forEach((key, value) -> {
            String without = redact(value);
            if (!value.equals(without)) {
                entry.putMdc(key, without);
            }
        });
        String ndc = entry.getNdc();
        String without = redact(ndc);
        if (without != ndc) {
            entry.setNdc(without);
        }
    }
}
