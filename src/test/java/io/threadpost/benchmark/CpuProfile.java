package io.threadpost.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Where the processor time of a process goes: by thread, and by a flight recording's samples. */
final class CpuProfile {
    private static final Pattern THREAD = Pattern.compile("^\"(.+?)\".* cpu=([0-9.]+)ms");
    /** What a name has more than its stage: the number of a thread, a connection. */
    private static final Pattern NUMBER = Pattern.compile("(Camel \\(camel-\\d+\\) thread )?[#\\d]+( - )?");

    private static final String OWN = "io.threadpost.";
    private static final Map<String, String> LIBRARIES = Map.of(
            "org.apache.camel.", "Camel",
            "org.sqlite.", "SQLite",
            "com.fasterxml.", "Jackson",
            "org.apache.hc.", "HTTP",
            "org.apache.qpid.", "Qpid",
            "io.netty.", "Netty");
    /** Native methods that wait and use no processor time. */
    private static final Set<String> IDLE = Set.of("EPoll.wait", "Net.poll", "Net.accept", "SocketDispatcher.read0");

    private static final int LINES = 40;

    private final Map<String, Double> threads = new TreeMap<>();
    private final Map<String, Double> stages = new TreeMap<>();
    private final Map<String, Double> methods = new TreeMap<>();

    private CpuProfile() {}

    /** @return options of the virtual machine that record into a file, which {@link #print} writes and reads */
    static List<String> options() {
        return List.of(
                "-XX:StartFlightRecording=name=benchmark,settings=profile", "-XX:-UseDynamicNumberOfCompilerThreads");
    }

    /** @param recording where to keep the flight recording, for other tools */
    static void print(ProcessHandle process, Path recording, int threads) throws Exception {
        CpuProfile profile = new CpuProfile();
        for (String line : jcmd(process, "Thread.print").split("\n")) {
            Matcher thread = THREAD.matcher(line);
            if (thread.find()) {
                profile.threads.merge(stage(thread.group(1)), Double.parseDouble(thread.group(2)) / 1000, Double::sum);
            }
        }
        jcmd(process, "JFR.dump", "name=benchmark", "filename=" + recording.toAbsolutePath());
        try (RecordingFile events = new RecordingFile(recording)) {
            while (events.hasMoreEvents()) {
                profile.add(events.readEvent());
            }
        }
        double samples = profile.methods.values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        double perHundredThousand = 100_000.0 / threads;
        print(
                "seconds of processor time for 100,000 threads, start included, by thread",
                profile.threads,
                1 / perHundredThousand,
                "%9.3f");
        print("samples by thread, library and innermost own method, %", profile.stages, samples / 100, "%9.1f");
        print("samples by innermost method, %", profile.methods, samples / 100, "%9.1f");
    }

    private void add(RecordedEvent event) {
        String type = event.getEventType().getName();
        if (!type.equals("jdk.ExecutionSample") && !type.equals("jdk.NativeMethodSample")
                || event.getStackTrace() == null) {
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        String top = name(frames.get(0));
        if (IDLE.contains(top)) {
            return;
        }
        String library = "";
        String own = "";
        for (RecordedFrame frame : frames) {
            String declaring = frame.getMethod().getType().getName();
            if (declaring.startsWith(OWN)) {
                own = name(frame);
                break;
            }
            if (library.isEmpty()) {
                library = LIBRARIES.entrySet().stream()
                        .filter(entry -> declaring.startsWith(entry.getKey()))
                        .map(Map.Entry::getValue)
                        .findFirst()
                        .orElse("");
            }
        }
        String thread = event.getThread("sampledThread").getJavaName();
        stages.merge(String.format("%-24s %-8s %s", stage(thread), library, own), 1.0, Double::sum);
        methods.merge(top, 1.0, Double::sum);
    }

    private static String name(RecordedFrame frame) {
        String type = frame.getMethod().getType().getName();
        return type.substring(type.lastIndexOf('.') + 1) + "."
                + frame.getMethod().getName();
    }

    private static String stage(String thread) {
        return thread == null ? "" : NUMBER.matcher(thread).replaceAll("");
    }

    private static void print(String title, Map<String, Double> values, double divisor, String format) {
        System.out.printf("%n%s%n", title);
        values.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
                .limit(LINES)
                .forEach(entry ->
                        System.out.printf(Locale.ROOT, format + "  %s%n", entry.getValue() / divisor, entry.getKey()));
    }

    private static String jcmd(ProcessHandle process, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), String.valueOf(process.pid())));
        command.addAll(List.of(arguments));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String printed = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor();
        return printed;
    }
}
