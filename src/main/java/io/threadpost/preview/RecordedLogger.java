package io.threadpost.preview;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

import io.threadpost.text.AddressMask;

/** Records what the step {@code log} and {@code log:} would log: addresses of guests are masked. */
final class RecordedLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;
    private final transient EffectRecorder recorder;
    private final transient AddressMask addresses;

    RecordedLogger(EffectRecorder recorder, AddressMask addresses) {
        this.recorder = recorder;
        this.addresses = addresses;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level, Marker marker, String message, Object[] arguments, Throwable failure) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("level", level.name().toLowerCase(Locale.ROOT));
        fields.put("text", addresses.mask(MessageFormatter.basicArrayFormat(message, arguments)));
        recorder.effect("log", fields);
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    /** An installation logs from {@code INFO} on. */
    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
