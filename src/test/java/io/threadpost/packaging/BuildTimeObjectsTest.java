package io.threadpost.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

import com.oracle.svm.core.annotate.RecomputeFieldValue;
import com.oracle.svm.core.annotate.TargetClass;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * A native build initializes classes and creates the Camel context, and keeps what they hold. It fails when that is an
 * object of the process that builds, such as a thread, or needs a native library. The extensions know the objects of
 * the library versions that they were made for; those of newer versions are found here.
 */
class BuildTimeObjectsTest {
    private static final Pattern CONTEXT = Pattern.compile(".*/(camel|quarkus|arc|smallrye|vertx)-[^/]*\\.jar");
    private static final Pattern NEWER = Pattern.compile(
            ".*/(camel|vertx|netty-tcnative|httpclient5|httpcore5|postgresql|kafka-clients|qpid-jms)-[^/]*\\.jar");
    private static final String LOADER = "Ljava/util/ServiceLoader;";
    private static final String NATIVE_METHOD = "native";
    private static final Set<String> NOT_KEPT = Set.of(
            NATIVE_METHOD,
            "java/lang/Thread.<init>",
            "java/lang/ref/Cleaner.create",
            "java/nio/ByteBuffer.allocateDirect",
            "java/security/SecureRandom.<init>",
            "java/security/SecureRandom.getInstance",
            "java/util/Random.<init>",
            "java/util/SplittableRandom.<init>",
            "java/util/Timer.<init>",
            "java/util/jar/JarFile.<init>",
            "java/util/zip/ZipFile.<init>");
    /** Initialized at run time or left out, like Kerberos, by the extensions. */
    private static final Set<String> KNOWN = Set.of(
            "io.vertx.ext.auth.impl.jose.JWT",
            "org.apache.hc.client5.http.impl.auth.NTLMEngineImpl",
            "org.apache.kafka.common.security.authenticator.SaslClientAuthenticator",
            "org.apache.kafka.common.security.kerberos.KerberosLogin",
            "org.apache.kafka.common.security.oauthbearer.internals.expiring.ExpiringCredentialRefreshingLogin",
            "org.postgresql.util.PasswordUtil$SecureRandomHolder");

    @Test
    void noObjectOfTheContextKeepsAServiceLoader() throws Exception {
        Set<String> fields = new TreeSet<>();
        for (byte[] code : classes(CONTEXT)) {
            if (new String(code, StandardCharsets.ISO_8859_1).contains(LOADER)) {
                new ClassReader(code).accept(new LoaderFields(fields), ClassReader.SKIP_CODE);
            }
        }

        assertThat(fields).isNotEmpty().isEqualTo(reset("io.threadpost.ContextPluginsSubstitution"));
    }

    @Test
    void noStaticInitializerNeedsTheProcessThatRunsIt() throws Exception {
        Map<String, Set<String>> calls = new HashMap<>();
        for (byte[] code : classes(NEWER)) {
            new ClassReader(code).accept(new Calls(calls), ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        }
        Set<String> found = new TreeSet<>();
        for (String method : calls.keySet()) {
            if (method.endsWith(".<clinit>") && reaches(method, calls)) {
                found.add(method.replace(".<clinit>", "").replace('/', '.'));
            }
        }
        Set<String> registered = new TreeSet<>();
        for (String name : initializedAtRunTime()) {
            found.stream()
                    .filter(type -> type.equals(name) || type.startsWith(name + "."))
                    .forEach(registered::add);
            assertThat(registered).anyMatch(type -> type.startsWith(name));
        }
        found.removeAll(registered);

        assertThat(found).isEqualTo(KNOWN);
    }

    private static boolean reaches(String initializer, Map<String, Set<String>> calls) {
        Deque<String> open = new ArrayDeque<>(List.of(initializer));
        Set<String> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            for (String called : calls.getOrDefault(open.poll(), Set.of())) {
                if (NOT_KEPT.contains(called)) {
                    return true;
                }
                if (calls.containsKey(called) && seen.add(called)) {
                    open.add(called);
                }
            }
        }
        return false;
    }

    private static Set<String> initializedAtRunTime() throws IOException {
        String file = "META-INF/native-image/io.threadpost/threadpost/native-image.properties";
        Properties properties = new Properties();
        try (InputStream in = BuildTimeObjectsTest.class.getClassLoader().getResourceAsStream(file)) {
            properties.load(in);
        }
        return Set.of(properties
                .getProperty("Args")
                .replace("--initialize-at-run-time=", "")
                .split(","));
    }

    private static Set<String> reset(String substitution) throws ClassNotFoundException {
        Class<?> type = Class.forName(substitution);
        Set<String> reset = new TreeSet<>();
        for (Field field : type.getDeclaredFields()) {
            if (field.isAnnotationPresent(RecomputeFieldValue.class)) {
                reset.add(type.getAnnotation(TargetClass.class).className() + "." + field.getName());
            }
        }
        return reset;
    }

    private static List<byte[]> classes(Pattern jars) throws Exception {
        List<byte[]> classes = new ArrayList<>();
        ClassLoader loader = BuildTimeObjectsTest.class.getClassLoader();
        for (URL manifest : Collections.list(loader.getResources(JarFile.MANIFEST_NAME))) {
            if (manifest.openConnection() instanceof JarURLConnection connection
                    && jars.matcher(connection.getJarFileURL().getPath()).matches()) {
                // The URL has %20 for a blank in the repository's path.
                try (JarFile jar =
                        new JarFile(new File(connection.getJarFileURL().toURI()))) {
                    for (JarEntry entry : Collections.list(jar.entries())) {
                        if (entry.getName().endsWith(".class")
                                && !entry.getName().endsWith("module-info.class")) {
                            classes.add(jar.getInputStream(entry).readAllBytes());
                        }
                    }
                }
            }
        }
        return classes;
    }

    private static final class LoaderFields extends ClassVisitor {
        private final Set<String> fields;
        private String type;

        LoaderFields(Set<String> fields) {
            super(Opcodes.ASM9);
            this.fields = fields;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            type = name.replace('/', '.');
        }

        @Override
        public FieldVisitor visitField(int access, String name, String descriptor, String signature, Object value) {
            if (descriptor.equals(LOADER)) {
                fields.add(type + "." + name);
            }
            return null;
        }
    }

    /** Constructors and static methods that a method calls: what an initializer reaches for sure, more or less. */
    private static final class Calls extends ClassVisitor {
        private final Map<String, Set<String>> calls;
        private String type;

        Calls(Map<String, Set<String>> calls) {
            super(Opcodes.ASM9);
            this.calls = calls;
        }

        @Override
        public void visit(int version, int access, String name, String signature, String parent, String[] interfaces) {
            type = name;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            Set<String> called = calls.computeIfAbsent(this.type + "." + name, method -> new HashSet<>());
            if ((access & Opcodes.ACC_NATIVE) != 0) {
                called.add(NATIVE_METHOD);
            }
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    if (opcode == Opcodes.INVOKESTATIC || opcode == Opcodes.INVOKESPECIAL) {
                        called.add(owner + "." + method);
                    }
                }
            };
        }
    }
}
