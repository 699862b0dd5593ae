package io.threadpost.add;

/** Where the platform cuts the two texts of a thread. */
record LearnedCuts(Cuts sender, Cuts subject) {}
