package io.threadpost.ops;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.LongPredicate;

import org.jboss.logging.Logger;

/**
 * Finds and changes jobs of one kind, such as backfills.
 *
 * @param noun what one is called
 * @param list the address that lists them
 * @param line how far one is
 */
record JobActions<J>(String noun, String list, LongFunction<Optional<J>> jobs, Function<J, String> line) {
    private static final Logger LOG = Logger.getLogger(JobActions.class);

    /** @throws ApiRefusal when there is none of that id */
    J find(String id) {
        return find(number(id));
    }

    private J find(long id) {
        return jobs.apply(id)
                .orElseThrow(() -> new ApiRefusal(
                        404, "there is no " + noun + " " + id, "GET " + list + " lists those there are"));
    }

    /** @return the job that has begun, or changed, after that is logged */
    J logged(J job) {
        LOG.infof("operator: %s", line.apply(job));
        return job;
    }

    /**
     * Changes one.
     *
     * @param body of the request, which has no fields
     * @param problem why it may not be changed
     * @throws ApiRefusal when there is none of that id, or it may not be changed
     */
    J change(String id, String body, LongPredicate change, String problem, String advice) {
        new ActionBody(body, List.of());
        find(id);
        long number = number(id);
        if (!change.test(number)) {
            throw new ApiRefusal(409, noun + " " + number + " " + problem, advice);
        }
        return logged(find(number));
    }

    private static long number(String id) {
        return QueryParameters.number("id", id, 1, Long.MAX_VALUE);
    }
}
