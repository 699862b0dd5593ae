package io.threadpost.retry;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.quarkus.arc.All;

import io.threadpost.retry.FailureClassifier.ClassifiedFailure;

/**
 * All classifiers of this process, always asked in the same order: by class name, those that are a
 * {@linkplain FailureClassifier#fallback fallback} last.
 */
@Singleton
public final class FailureClassifiers {
    /** Causes can form a loop. */
    private static final int CAUSES = 50;

    private final List<FailureClassifier> classifiers;

    public FailureClassifiers(@All List<FailureClassifier> classifiers) {
        this.classifiers = classifiers.stream()
                .sorted(Comparator.comparing(FailureClassifier::fallback)
                        .thenComparing(classifier -> classifier.getClass().getName()))
                .toList();
    }

    /**
     * @return what the causes of a failure say together; {@link FailureKind#UNKNOWN} when no classifier knows any of
     *     them
     */
    public ClassifiedFailure classify(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CAUSES)
                .flatMap(cause -> one(cause).stream())
                .reduce((outer, inner) -> inner.kind().outranks(outer.kind()) ? inner : outer)
                .orElse(new ClassifiedFailure(FailureKind.UNKNOWN));
    }

    private Optional<ClassifiedFailure> one(Throwable cause) {
        return classifiers.stream()
                .flatMap(classifier -> classifier.classify(cause).stream())
                .findFirst();
    }
}
