package io.threadpost.errors;

import java.util.concurrent.TimeUnit;

/** A process under guard that gets into trouble. */
final class GuardedProcess {
    private Block kept;

    private GuardedProcess() {}

    enum Trouble {
        FULL,
        METASPACE,
        UNCAUGHT,
        PASSING
    }

    public static void main(String... arguments) throws InterruptedException {
        ProcessGuard.install(300);
        new GuardedProcess().get(Trouble.valueOf(arguments[0]));
    }

    private void get(Trouble trouble) throws InterruptedException {
        switch (trouble) {
            case FULL -> fill();
            case METASPACE -> ProcessGuard.report(new IllegalStateException(new OutOfMemoryError("Metaspace")));
            case UNCAUGHT -> {
                Thread thread = new Thread(() -> {
                    throw new InternalError("a fault occurred");
                });
                thread.start();
                thread.join();
            }
            case PASSING -> {
                fill();
                kept = null;
                TimeUnit.SECONDS.sleep(2);
                System.exit(0);
            }
        }
        Thread.sleep(60_000);
    }

    private void fill() {
        try {
            for (int size = 1 << 20; size > 0; size /= 2) {
                fill(size);
            }
        } catch (OutOfMemoryError e) {
            ProcessGuard.report(e);
        }
    }

    private void fill(int size) {
        try {
            while (true) {
                kept = new Block(new byte[size], kept);
            }
        } catch (OutOfMemoryError e) {
            ProcessGuard.report(e);
        }
    }

    /** A linked list: an array list would need much memory at once to grow, and so leave that much free. */
    private record Block(byte[] bytes, Block next) {}
}
