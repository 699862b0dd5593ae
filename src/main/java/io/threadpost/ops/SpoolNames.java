package io.threadpost.ops;

import java.util.List;

import jakarta.inject.Singleton;

import io.threadpost.routecheck.NearestWord;
import io.threadpost.spool.SpoolStatus;

/** Resolves the names of spools in addresses. */
@Singleton
final class SpoolNames {
    /** In place of a name: all spools. No spool can have this name. */
    static final String ALL = "_all";

    private final SpoolStatus status;

    SpoolNames(SpoolStatus status) {
        this.status = status;
    }

    /** @throws ApiRefusal when there is no spool of that name */
    SpoolStatus.Spool one(String name) {
        List<SpoolStatus.Spool> spools = status.spools();
        return spools.stream()
                .filter(spool -> spool.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknown(name, spools));
    }

    /** @return the name; null for all spools */
    String oneOrAll(String name) {
        return name.equals(ALL) ? null : one(name).name();
    }

    private static ApiRefusal unknown(String name, List<SpoolStatus.Spool> spools) {
        List<String> names = spools.stream().map(SpoolStatus.Spool::name).toList();
        String advice = new NearestWord(names)
                .likely(name)
                .map(near -> "did you mean `" + near + "`?")
                .orElse(names.isEmpty() ? "there is none yet" : "there are `" + String.join("`, `", names) + "`");
        return new ApiRefusal(404, "no route reads spool `" + name + "`, and it is empty", advice);
    }
}
