package io.threadpost.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** JSON written by hand into a growing byte array: answers are large and always of the same shape. */
final class JsonBuffer {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int length;

    JsonBuffer(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** Text that is JSON already, in ASCII. */
    JsonBuffer raw(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
        return this;
    }

    /** A string with its quotes, escaped as JSON demands. */
    JsonBuffer string(String text) {
        raw("\"");
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        room(utf8.length * 6);
        for (byte b : utf8) {
            if (b == '"' || b == '\\') {
                bytes[length++] = '\\';
                bytes[length++] = b;
            } else if (b >= 0 && b < ' ') {
                raw("\\u00").hex(b, 2);
            } else {
                bytes[length++] = b;
            }
        }
        return raw("\"");
    }

    JsonBuffer uuid(long high, long low) {
        room(36);
        return hex(high >>> 32, 8)
                .raw("-")
                .hex(high >>> 16, 4)
                .raw("-")
                .hex(high, 4)
                .raw("-")
                .hex(low >>> 48, 4)
                .raw("-")
                .hex(low, 12);
    }

    /** A time in ISO 8601, UTC, to the given precision. */
    JsonBuffer time(long ticks, TimePrecision precision) {
        long second = Math.floorDiv(ticks, SandboxTicks.PER_SECOND);
        long day = Math.floorDiv(second, 86_400L);
        int ofDay = (int) (second - day * 86_400L);
        // Days to civil date, years beginning in March; exact for the proleptic Gregorian calendar.
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097L);
        int dayOfEra = (int) (shifted - era * 146_097L);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int month = (5 * dayOfYear + 2) / 153;
        long year = yearOfEra + era * 400 + (month >= 10 ? 1 : 0);
        decimal(year, 4).raw("-").decimal(month < 10 ? month + 3 : month - 9, 2);
        raw("-").decimal(dayOfYear - (153L * month + 2) / 5 + 1, 2);
        raw("T").decimal(ofDay / 3600, 2).raw(":").decimal(ofDay / 60 % 60, 2).raw(":");
        decimal(ofDay % 60, 2);
        if (precision.digits() > 0) {
            raw(".").decimal(Math.floorMod(ticks, SandboxTicks.PER_SECOND) / precision.unit(), precision.digits());
        }
        return raw("Z");
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private JsonBuffer decimal(long value, int digits) {
        room(digits);
        long rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
        return this;
    }

    private JsonBuffer hex(long value, int digits) {
        room(digits);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (value >>> shift) & 15];
        }
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
