package io.threadpost.json;

import java.util.Optional;

import jakarta.inject.Singleton;

import com.fasterxml.jackson.core.JacksonException;

import io.threadpost.retry.FailureClassifier;
import io.threadpost.retry.FailureClassifier.ClassifiedFailure;
import io.threadpost.retry.FailureKind;

/** JSON that cannot be read or written: Jackson's exceptions are an {@code IOException}, but no target caused them. */
@Singleton
public final class JsonFailureClassifier implements FailureClassifier {
    @Override
    public Optional<ClassifiedFailure> classify(Throwable cause) {
        return cause instanceof JacksonException
                ? Optional.of(new ClassifiedFailure(FailureKind.UNKNOWN))
                : Optional.empty();
    }
}
