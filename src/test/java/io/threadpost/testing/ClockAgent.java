package io.threadpost.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Gives a Java process another wall clock than its machine's, in all its classes and those of the JDK. Monotonic time,
 * and what the file system notes, stay the machine's.
 */
public final class ClockAgent implements ClassFileTransformer {
    private static final String CLOCK = name(Wrong.class);

    private static final String INSTANT = "Ljava/time/Instant;";

    private ClockAgent() {}

    /** The clock of the process. Loaded by the boot loader, so that the JDK sees it. */
    public static final class Wrong {
        private static final long AHEAD = Long.getLong("clock.ahead", 0);

        private Wrong() {}

        /** In place of {@link System#currentTimeMillis}. */
        public static long currentTimeMillis() {
            return System.currentTimeMillis() + AHEAD;
        }

        /** In place of the machine's instant. */
        public static Instant instant(Instant right) {
            return right.plusMillis(AHEAD);
        }
    }

    /**
     * @param jar is written; any process may use it
     * @param ahead of the machine's clock; negative is behind
     * @return the options of the Java process
     */
    public static String[] options(Path jar, Duration ahead) throws Exception {
        if (!Files.exists(jar)) {
            write(jar);
        }
        return new String[] {"-Dclock.ahead=" + ahead.toMillis(), "-javaagent:" + jar.toAbsolutePath()};
    }

    private static void write(Path jar) throws Exception {
        Manifest manifest = new Manifest();
        Attributes attributes = manifest.getMainAttributes();
        attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        attributes.putValue("Premain-Class", ClockAgent.class.getName());
        attributes.putValue("Can-Retransform-Classes", "true");
        attributes.putValue("Boot-Class-Path", jar.getFileName().toString());
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest)) {
            // All are found by the boot loader, which asks no other jar.
            Path asm = Path.of(ClassReader.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            try (JarFile library = new JarFile(asm.toFile())) {
                for (JarEntry entry : Collections.list(library.entries())) {
                    if (entry.getName().startsWith("org/objectweb/asm/")) {
                        add(out, entry.getName());
                    }
                }
            }
            for (Class<?> part : new Class<?>[] {ClockAgent.class, Wrong.class, Calls.class}) {
                add(out, name(part) + ".class");
            }
            add(out, name(Calls.class) + "$1.class");
        }
    }

    private static String name(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static void add(JarOutputStream out, String name) throws IOException {
        out.putNextEntry(new JarEntry(name));
        try (InputStream bytes = ClockAgent.class.getClassLoader().getResourceAsStream(name)) {
            if (bytes != null) {
                bytes.transferTo(out);
            }
        }
    }

    /** Called by the JVM before the program's own main method. */
    public static void premain(String options, Instrumentation jvm) throws Exception {
        ClockAgent agent = new ClockAgent();
        jvm.addTransformer(agent, true);
        // What else the JDK has loaded by now asks these.
        for (String early : List.of("java.time.Clock", "java.time.Clock$SystemClock", "java.util.Date")) {
            jvm.retransformClasses(Class.forName(early));
        }
    }

    @Override
    public byte[] transform(
            ClassLoader loader, String name, Class<?> redefined, ProtectionDomain domain, byte[] bytes) {
        if (name == null || name.equals("java/lang/System") || name.equals(CLOCK)) {
            return null;
        }
        String constants = new String(bytes, StandardCharsets.ISO_8859_1);
        if (!constants.contains("currentTimeMillis") && !constants.contains("currentInstant")) {
            return null;
        }
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        boolean[] changed = {false};
        reader.accept(new Calls(writer, changed), 0);
        return changed[0] ? writer.toByteArray() : null;
    }

    /** Replaces the two ways by which Java code gets at the machine's clock. */
    private static final class Calls extends ClassVisitor {
        private final boolean[] changed;

        Calls(ClassWriter writer, boolean[] changed) {
            super(Opcodes.ASM9, writer);
            this.changed = changed;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String generic, String[] thrown) {
            MethodVisitor next = super.visitMethod(access, name, type, generic, thrown);
            boolean instants = name.equals("currentInstant");
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(int code, String owner, String called, String form, boolean inherited) {
                    if (owner.equals("java/lang/System") && called.equals("currentTimeMillis")) {
                        changed[0] = true;
                        super.visitMethodInsn(code, CLOCK, called, form, false);
                        return;
                    }
                    super.visitMethodInsn(code, owner, called, form, inherited);
                    if (instants && called.equals("ofEpochSecond")) {
                        changed[0] = true;
                        super.visitMethodInsn(code, CLOCK, "instant", "(" + INSTANT + ")" + INSTANT, false);
                    }
                }
            };
        }
    }
}
