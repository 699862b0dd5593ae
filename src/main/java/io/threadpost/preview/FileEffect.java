package io.threadpost.preview;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.component.file.GenericFileOperationFailedException;
import org.apache.camel.util.FileUtil;
import org.apache.camel.util.StringHelper;

/**
 * Records the file that {@code file:}, {@code sftp:} and their like would write. Name, content and failures are those
 * of Camel's producer; only what the same preview has written exists already.
 */
final class FileEffect {
    private final EffectRecorder recorder;
    private final EndpointCall call;
    private final Message message;
    private final String policy;

    private FileEffect(EffectRecorder recorder, EndpointCall call) {
        this.recorder = recorder;
        this.call = call;
        this.message = call.exchange().getMessage();
        this.policy = call.option("fileExist", "Override");
    }

    static void record(EffectRecorder recorder, EndpointCall call) {
        new FileEffect(recorder, call).record();
    }

    private void record() {
        String existing = message.getHeader(Exchange.FILE_NAME, String.class);
        String target = target();
        try {
            boolean exists = recorder.isWritten(target);
            if (exists && policy.equals("Fail")) {
                throw new GenericFileOperationFailedException(
                        "File already exist: " + target + ". Cannot write new file.");
            }
            if (!exists || !policy.equals("Ignore")) {
                effect(target, content(target));
            }
            String done = call.rawOption("doneFileName");
            if (done != null) {
                effect(doneFile(done, target), "");
            }
            message.setHeader(Exchange.FILE_NAME_PRODUCED, target.substring(host().length()));
        } finally {
            // As Camel does: the overruling name is for one file, and the other one stays.
            message.removeHeader(Exchange.OVERRULE_FILE_NAME);
            message.setHeader(Exchange.FILE_NAME, existing);
        }
    }

    private void effect(String path, Object content) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("path", path);
        if (!policy.equals("Override")) {
            fields.put("fileExist", policy);
        }
        fields.put("content", content);
        recorder.written(path);
        recorder.effect("file", fields);
    }

    /** @return host, port and slash of a remote endpoint; empty for a local one */
    private String host() {
        return call.exchange()
                        .getProperty(Exchange.TO_ENDPOINT, "", String.class)
                        .startsWith("file:")
                ? ""
                : call.path().replaceFirst("(?<=^[^/]{1,300}/).*", "");
    }

    /** An option of the endpoint comes before the header, unless the header overrules it. */
    private String target() {
        String overrule = call.header(Exchange.OVERRULE_FILE_NAME, null);
        if (overrule != null) {
            message.setHeader(Exchange.FILE_NAME, overrule);
        }
        String name = call.option("fileName", call.header(Exchange.FILE_NAME, null));
        if (name == null) {
            name = StringHelper.sanitize(message.getMessageId());
        }
        if (call.option("flatten", "false").equals("true")) {
            name = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
        }
        String base = call.path() + (call.path().isEmpty() || call.path().endsWith("/") ? "" : "/");
        String target = base + name;
        if (call.option("jailStartingDirectory", "true").equals("true")
                && !FileUtil.compactPath(target).startsWith(FileUtil.compactPath(base))) {
            throw new IllegalArgumentException("Cannot write file with name: " + FileUtil.compactPath(target)
                    + " as the filename is jailed to the starting directory: " + FileUtil.compactPath(base));
        }
        return target;
    }

    private static String doneFile(String pattern, String target) {
        String name = FileUtil.stripPath(target);
        String done = pattern.replaceAll("\\$(simple)?\\{file:name}", "\0")
                .replaceAll("\\$(simple)?\\{file:name\\.noext}", "\1")
                .replace("\0", name)
                .replace("\1", FileUtil.stripExt(name));
        String folder = FileUtil.onlyPath(target);
        return folder == null || folder.isEmpty() ? done : folder + "/" + done;
    }

    private byte[] content(String target) {
        Object body = message.getBody();
        if (body == null && !call.option("allowNullBody", "false").equals("true")) {
            throw new GenericFileOperationFailedException("Cannot write null body to file: " + target);
        }
        String charset = call.option("charset", null);
        String text = body instanceof String || body == null || charset != null ? message.getBody(String.class) : null;
        String end = policy.equals("Append")
                ? call.option("appendChars", "").replace("\\n", "\n").replace("\\r", "\r")
                : "";
        if (body == null || text != null) {
            return ((text == null ? "" : text) + end)
                    .getBytes(charset == null ? StandardCharsets.UTF_8 : Charset.forName(charset));
        }
        try {
            byte[] bytes = message.getMandatoryBody(InputStream.class).readAllBytes();
            return end.isEmpty()
                    ? bytes
                    : (new String(bytes, StandardCharsets.ISO_8859_1) + end).getBytes(StandardCharsets.ISO_8859_1);
        } catch (InvalidPayloadException | IOException e) {
            throw new GenericFileOperationFailedException("Cannot store file: " + target, e);
        }
    }
}
