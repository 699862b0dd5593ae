package io.threadpost.sandbox;

/** One version of a thread: its slot and its two times in ticks of 100 ns. */
record ThreadVersion(int slot, long created, long updated) {}
