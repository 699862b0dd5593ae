package io.threadpost.preview;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Records what the step {@code log} would log. */
final class RecordedLogger extends LegacyAbstractLogger {
    private static final long serialVersionUID = 1L;
    private final transient EffectRecorder recorder;

    RecordedLogger(EffectRecorder recorder) {
        this.recorder = recorder;
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
        fields.put("text", MessageFormatter.basicArrayFormat(message, arguments));
        recorder.effect("log", fields);
    }

    @Override
    public boolean isTraceEnabled() {
        return true;
    }

    @Override
    public boolean isDebugEnabled() {
        return true;
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
