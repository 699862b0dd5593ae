package io.threadpost.errors;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

import org.jboss.logging.Logger;

/**
 * Ends the process when it cannot continue after an {@code Error}: with one line on standard error and its own exit
 * code, at once and without allocating memory, so that its supervisor restarts it. The next start finds the work in
 * flight in the ledger.
 *
 * <p>An error that ends with its exchange is not fatal, nor is an exhausted heap that is free again soon after.
 */
public final class ProcessGuard implements Thread.UncaughtExceptionHandler {
    /** The exit code of the JVM's own {@code -XX:+ExitOnOutOfMemoryError}. */
    public static final int EXIT_CODE = 3;

    private static final Logger LOG = Logger.getLogger(ProcessGuard.class);
    private static final int CAUSES = 50;
    /** Checks in a row with a full heap, after which it is taken to stay full. */
    private static final int FULL_CHECKS = 3;

    private static final long CHECK_MILLIS = 5_000;

    private final Map<Consequence, byte[]> lines = new EnumMap<>(Consequence.class);
    private final FileOutputStream err = new FileOutputStream(FileDescriptor.err);
    private final Thread watcher;
    private final long checkMillis;
    private volatile boolean exhausted;

    /** The consequence of an error. */
    enum Consequence {
        CONTINUE(""),
        /** The heap may be free again a moment later; else the process ends. */
        WATCH_HEAP("the heap is full and stays full; give it more by -Xmx, or less to do at once"),
        NO_THREAD("no thread can be started; raise the limit of threads or memory of this process"),
        NO_CLASS_MEMORY("the memory for classes is used up; raise -XX:MaxMetaspaceSize"),
        NO_PROGRESS("nearly all time goes into freeing memory; give it more by -Xmx, or less to do at once"),
        BROKEN("the virtual machine reports an internal error");

        private final String why;

        Consequence(String why) {
            this.why = why;
        }

        boolean ends() {
            return this != CONTINUE && this != WATCH_HEAP;
        }

        static Consequence of(Error error) {
            if (error instanceof OutOfMemoryError) {
                return ofMemory(String.valueOf(error.getMessage()));
            }
            boolean broken = error.getClass() == InternalError.class || error.getClass() == UnknownError.class;
            return broken ? BROKEN : CONTINUE;
        }

        private static Consequence ofMemory(String what) {
            if (what.contains("native thread")) {
                return NO_THREAD;
            }
            if (what.contains("Metaspace") || what.contains("Compressed class space")) {
                return NO_CLASS_MEMORY;
            }
            if (what.contains("GC overhead")) {
                return NO_PROGRESS;
            }
            // The native executable words it differently from the JVM. An impossibly large array takes no memory from
            // others.
            return what.contains("heap") ? WATCH_HEAP : CONTINUE;
        }
    }

    private ProcessGuard(long checkMillis) {
        this.checkMillis = checkMillis;
        for (Consequence consequence : Consequence.values()) {
            String line =
                    "threadpost: cannot go on, so it ends with exit code " + EXIT_CODE + ": " + consequence.why + "\n";
            lines.put(consequence, line.getBytes(StandardCharsets.UTF_8));
        }
        watcher = new Thread(this::watch, "memory-guard");
        watcher.setDaemon(true);
    }

    /** Installs the guard for this process. */
    public static void install() {
        install(CHECK_MILLIS);
    }

    /** @param checkMillis a third of the time that the heap may stay full */
    static void install(long checkMillis) {
        ProcessGuard guard = new ProcessGuard(checkMillis);
        guard.resolve();
        guard.watcher.start();
        Thread.setDefaultUncaughtExceptionHandler(guard);
    }

    /**
     * Must be called by code that catches every {@code Throwable} in order to continue. Does not return after a fatal
     * error; without an installed guard, as in tests, it does nothing.
     */
    public static void report(Throwable thrown) {
        if (Thread.getDefaultUncaughtExceptionHandler() instanceof ProcessGuard guard) {
            guard.handle(thrown);
        }
    }

    @Override
    public void uncaughtException(Thread thread, Throwable thrown) {
        handle(thrown);
        // Loops of Threadpost never end like this: each of them catches everything.
        LOG.errorf(thrown, "the thread %s ended", thread.getName());
    }

    /**
     * Runs once what has to run later with a full heap: the JVM allocates memory when it first resolves a string
     * constant, a native method or a class. A native executable does not, and a collection would only make it touch the
     * whole of its image.
     */
    private void resolve() {
        if (System.getProperty("org.graalvm.nativeimage.imagecode") != null) {
            return;
        }
        handle(new OutOfMemoryError("none"));
        isFull();
        write(new byte[0]);
        // Runtime.halt needs the class java.lang.Shutdown, which the first shutdown hook loads.
        Thread hook = new Thread(() -> {});
        Runtime.getRuntime().addShutdownHook(hook);
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void handle(Throwable thrown) {
        try {
            handleCauses(thrown);
        } catch (OutOfMemoryError e) {
            exhausted = true;
        }
    }

    private void handleCauses(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; i < CAUSES && cause != null; i++) {
            if (cause instanceof Error error) {
                follow(Consequence.of(error));
            }
            cause = cause.getCause();
        }
    }

    private void follow(Consequence consequence) {
        if (consequence.ends()) {
            end(consequence);
        } else if (consequence == Consequence.WATCH_HEAP) {
            exhausted = true;
        }
    }

    /** Memory held by the failed work is free at the next check. Nothing here allocates, since the heap may be full. */
    private void watch() {
        int full = 0;
        while (pause()) {
            full = stillExhausted() ? full + 1 : 0;
            exhausted = full > 0;
            if (full >= FULL_CHECKS) {
                end(Consequence.WATCH_HEAP);
            }
        }
    }

    private boolean stillExhausted() {
        try {
            return exhausted && isFull();
        } catch (OutOfMemoryError e) {
            return true;
        }
    }

    private boolean pause() {
        try {
            Thread.sleep(checkMillis);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Garbage does not count, so it is collected first: after an error, and at most every few seconds. */
    private static boolean isFull() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        long free = runtime.maxMemory() - runtime.totalMemory() + runtime.freeMemory();
        return free < runtime.maxMemory() / 20;
    }

    private void end(Consequence consequence) {
        try {
            write(lines.get(consequence));
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }

    private void write(byte[] line) {
        try {
            err.write(line);
        } catch (IOException e) {
            // standard error is closed; the exit code is enough
        }
    }
}
