/**
 * Journeys: what happened to each version of a thread and to each item of a spool, and why: seen when and on which
 * page, which steps it passed, which spools got it, delivered when and as what, or not.
 *
 * <p>It knows the ledger, where journeys are and where it reads what other packages record anyway; the pull and the
 * spool record journeys, operators read them. It promises that a journey is written with the transaction that it is
 * about, so that it never contradicts what happened; that recording costs a row for each page and for each settled
 * batch, not for each thread; and that it holds no content but subject and sender.
 *
 * <p>To follow a journey: {@link io.threadpost.journey.Arrivals} are the items of one page and where they went,
 * {@link io.threadpost.journey.Deliveries} is what became of the items of one batch, both written by
 * {@link io.threadpost.journey.JourneyRecorder}; {@link io.threadpost.journey.Journeys} finds and joins them.
 */
package io.threadpost.journey;
