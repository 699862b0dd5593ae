package io.threadpost.conversation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Names a conversation in the address that a guest answers to, as a plus-address or as the local part of a reply
 * domain. It consists of lower-case letters and digits and is valid in any case, since mail programs change the case of
 * addresses: 80 bits of a signature, then the conversation's number, in base 32.
 */
final class ReplyToken {
    private static final String PURPOSE = "reply-token";
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;
    private static final int SIGNATURE_BYTES = 10;
    private static final int SIGNATURE_DIGITS = SIGNATURE_BYTES * 8 / BITS;
    /** The longest local part of an address, RFC 5321. */
    private static final int LONGEST_LOCAL_PART = 64;
    /** 12 digits are 60 bits: more conversations than there will be, and no overflow. */
    private static final Pattern CANDIDATE = Pattern.compile("(?<![\\p{Alnum}])[a-z2-7]{17,28}(?![\\p{Alnum}])");

    private final SigningKey key;

    ReplyToken(SigningKey key) {
        this.key = key;
    }

    String sign(long conversation) {
        StringBuilder number = new StringBuilder();
        for (long left = conversation; left > 0 || number.isEmpty(); left >>>= BITS) {
            number.insert(0, DIGITS.charAt((int) (left & 31)));
        }
        return signature(conversation) + number;
    }

    /**
     * @param address a plain address
     * @return what may be a token in its local part, alone or set off by other characters; none in most addresses, so
     *     that nothing is computed for them
     */
    static List<String> candidates(String address) {
        int at = address.lastIndexOf('@');
        String local = address.substring(0, Math.max(at, 0)).toLowerCase(Locale.ROOT);
        return local.length() > LONGEST_LOCAL_PART
                ? List.of()
                : CANDIDATE.matcher(local).results().map(found -> found.group()).toList();
    }

    /** Loads the key, see {@link SigningKey#load}. */
    void loadKey() {
        key.load();
    }

    /** @return the conversation whose valid token it is */
    OptionalLong verify(String candidate) {
        if (!CANDIDATE.matcher(candidate).matches()) {
            return OptionalLong.empty();
        }
        long conversation = number(candidate.substring(SIGNATURE_DIGITS));
        byte[] expected = sign(conversation).getBytes(StandardCharsets.US_ASCII);
        return MessageDigest.isEqual(expected, candidate.getBytes(StandardCharsets.US_ASCII))
                ? OptionalLong.of(conversation)
                : OptionalLong.empty();
    }

    private static long number(String digits) {
        long number = 0;
        for (char digit : digits.toCharArray()) {
            number = number << BITS | DIGITS.indexOf(digit);
        }
        return number;
    }

    private String signature(long conversation) {
        byte[] signed = key.sign(PURPOSE, Long.toString(conversation));
        StringBuilder text = new StringBuilder(SIGNATURE_DIGITS);
        long bits = 0;
        int held = 0;
        for (int i = 0; i < SIGNATURE_BYTES; i++) {
            bits = bits << 8 | signed[i] & 0xff;
            for (held += 8; held >= BITS; held -= BITS) {
                text.append(DIGITS.charAt((int) (bits >>> held - BITS & 31)));
            }
        }
        return text.toString();
    }
}
