package io.threadpost.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Libraries whose version is newer than the platform's call methods that its versions of other libraries may lack. The
 * jar fails there when it comes to the call; a native build fails at once.
 */
class LibraryLinkageTest {
    private static final Pattern NEWER = Pattern.compile(
            ".*/(netty|vertx|httpclient5|httpcore5|postgresql|kafka-clients|qpid-jms|pooled-jms|jackson)-[^/]*\\.jar");
    private static final ClassLoader LOADER = LibraryLinkageTest.class.getClassLoader();

    private final Map<String, Optional<Members>> members = new HashMap<>();

    /** Methods of a class, as name and descriptor, and what it inherits from. */
    private record Members(Set<String> methods, Set<String> parents) {}

    @Test
    void whatALibraryCallsIsThere() throws IOException {
        Set<String> missing = new TreeSet<>();
        for (URL manifest : Collections.list(LOADER.getResources(JarFile.MANIFEST_NAME))) {
            if (manifest.openConnection() instanceof JarURLConnection connection
                    && NEWER.matcher(connection.getJarFileURL().getPath()).matches()) {
                try (JarFile jar = new JarFile(connection.getJarFileURL().getPath())) {
                    for (JarEntry entry : Collections.list(jar.entries())) {
                        if (entry.getName().endsWith(".class")
                                && !entry.getName().startsWith("META-INF/")
                                && !entry.getName().endsWith("module-info.class")) {
                            read(jar.getInputStream(entry).readAllBytes(), missing);
                        }
                    }
                }
            }
        }

        assertThat(members).hasSizeGreaterThan(1_000);
        assertThat(missing).isEmpty();
    }

    private void read(byte[] code, Set<String> missing) {
        new ClassReader(code)
                .accept(
                        new ClassVisitor(Opcodes.ASM9) {
                            private String library;

                            @Override
                            public void visit(
                                    int version,
                                    int access,
                                    String name,
                                    String signature,
                                    String parent,
                                    String[] interfaces) {
                                library = library(name);
                            }

                            @Override
                            public MethodVisitor visitMethod(
                                    int access, String name, String type, String signature, String[] exceptions) {
                                return new MethodVisitor(Opcodes.ASM9) {
                                    @Override
                                    public void visitMethodInsn(
                                            int opcode, String owner, String name, String type, boolean isInterface) {
                                        if (!owner.startsWith("[")
                                                && !owner.startsWith("java/")
                                                && !library(owner).equals(library)
                                                && !has(owner, name + type, new HashSet<>())) {
                                            missing.add(owner + "." + name + type);
                                        }
                                    }
                                };
                            }
                        },
                        ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    }

    /** A library's own classes fit together, but those for later versions of Java hide others here. */
    private static String library(String type) {
        return Stream.of(type.split("/")).limit(3).collect(Collectors.joining("/"));
    }

    /** A class that is not there has everything: it belongs to a library that is optional. */
    private boolean has(String type, String method, Set<String> seen) {
        if (!seen.add(type)) {
            return false;
        }
        Optional<Members> found = members.computeIfAbsent(type, LibraryLinkageTest::members);
        return found.isEmpty()
                || found.get().methods().contains(method)
                || found.get().parents().stream().anyMatch(parent -> has(parent, method, seen));
    }

    private static Optional<Members> members(String type) {
        try (InputStream in = LOADER.getResourceAsStream(type + ".class")) {
            if (in == null) {
                return Optional.empty();
            }
            Members members = new Members(new HashSet<>(), new HashSet<>());
            new ClassReader(in)
                    .accept(
                            new ClassVisitor(Opcodes.ASM9) {
                                @Override
                                public void visit(
                                        int version,
                                        int access,
                                        String name,
                                        String signature,
                                        String parent,
                                        String[] interfaces) {
                                    members.parents().addAll(Set.of(interfaces));
                                    if (parent != null) {
                                        members.parents().add(parent);
                                    }
                                }

                                @Override
                                public MethodVisitor visitMethod(
                                        int access, String name, String type, String signature, String[] exceptions) {
                                    members.methods().add(name + type);
                                    return null;
                                }
                            },
                            ClassReader.SKIP_CODE);
            return Optional.of(members);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
