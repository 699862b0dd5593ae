package io.threadpost.sandbox;

import java.util.BitSet;

/**
 * What a request asks for; all parts must hold.
 *
 * @param enterprises numbers of the enterprises in question
 * @param slots the threads named, or null where none were; a named thread that does not exist is left out
 * @param created a range of {@code CreatedUtc}, or null
 * @param updated a range of {@code UpdatedUtc}, or null
 */
record ThreadFilter(BitSet enterprises, BitSet slots, TickRange created, TickRange updated) {}
