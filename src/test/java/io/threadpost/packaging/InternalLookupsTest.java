package io.threadpost.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.util.internal.PlatformDependent;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Netty looks up methods of {@code jdk.internal.misc.Unsafe} as it starts. A native executable knows those that are
 * registered, and GraalVM 25 takes a look-up of another one for an error that ends the start. Look-ups on a class that
 * the code names are found by the native build itself; those on a class that is computed are found here.
 */
class InternalLookupsTest {
    private static final String CONFIGURATION = "META-INF/native-image/io.threadpost/threadpost/reflect-config.json";
    private static final String INTERNAL = "jdk.internal.misc.Unsafe";

    @Test
    void everyMethodThatNettyLooksUpOnAnInternalClassIsRegistered() throws Exception {
        Class<?> internal = Class.forName(INTERNAL);
        Set<String> registered = new TreeSet<>();
        for (JsonNode method : registration().path("methods")) {
            registered.add(method.path("name").asText());
        }
        Set<String> lookedUp = lookedUp();
        lookedUp.retainAll(namesIn(internal));
        // A class that is public and final is found by the native build, though the code says getClass().
        lookedUp.removeAll(namesIn(Class.forName("sun.misc.Unsafe")));
        lookedUp.add("getUnsafe");

        assertThat(lookedUp).contains("allocateUninitializedArray").isSubsetOf(registered);
        assertThat(registered).isSubsetOf(namesIn(internal));
    }

    private static JsonNode registration() throws IOException {
        try (InputStream in = InternalLookupsTest.class.getClassLoader().getResourceAsStream(CONFIGURATION)) {
            JsonNode types = new ObjectMapper().readTree(in);
            assertThat(types.findValuesAsText("name")).contains(INTERNAL);
            return types.get(0);
        }
    }

    private static Set<String> namesIn(Class<?> type) {
        return Stream.of(type.getDeclaredMethods()).map(Method::getName).collect(Collectors.toSet());
    }

    /** @return names of methods that classes of Netty's core look up on a class they do not name */
    private static Set<String> lookedUp() throws Exception {
        Set<String> names = new TreeSet<>();
        Path jar = Path.of(PlatformDependent.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (FileSystem inside = FileSystems.newFileSystem(jar);
                Stream<Path> files = Files.walk(inside.getPath("io/netty/util"))) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".class")).toList()) {
                new ClassReader(Files.readAllBytes(file)).accept(new LookUps(names), ClassReader.SKIP_DEBUG);
            }
        }
        return names;
    }

    /** Collects the names in {@code computed.getDeclaredMethod("name", …)}. */
    private static final class LookUps extends ClassVisitor {
        private final Set<String> names;

        LookUps(Set<String> names) {
            super(Opcodes.ASM9);
            this.names = names;
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String type, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9) {
                private String text;
                private boolean receiverIsNamed;
                private boolean named;

                @Override
                public void visitLdcInsn(Object value) {
                    if (value instanceof String string) {
                        text = string;
                        receiverIsNamed = named;
                    }
                    named = value instanceof Type;
                }

                @Override
                public void visitVarInsn(int opcode, int variable) {
                    named = false;
                }

                @Override
                public void visitFieldInsn(int opcode, String owner, String field, String type) {
                    named = false;
                }

                @Override
                public void visitMethodInsn(int opcode, String owner, String method, String type, boolean isInterface) {
                    if (owner.equals("java/lang/Class")
                            && (method.equals("getDeclaredMethod") || method.equals("getMethod"))
                            && text != null
                            && !receiverIsNamed) {
                        names.add(text);
                    }
                    named = false;
                }
            };
        }
    }
}
