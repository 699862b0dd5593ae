package io.threadpost.routecheck;

/** A place in a file; both are counted from 1. */
record SourcePosition(int line, int column) {}
