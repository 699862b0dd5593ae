package io.threadpost;

import java.util.regex.Pattern;

import org.apache.camel.Exchange;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Headers from outside that would steer a component are left out, in whatever letters they are written: where a file
 * goes, which address is asked, which topic is written to. Camel looks headers up without regard to case.
 */
final class OutsideHeaders implements HeaderFilterStrategy {
    private static final Pattern STEERING = Pattern.compile(
            "(?i)(?:camel|org\\.apache\\.camel|kafka\\.|mail\\.|java\\.|aws\\.|spring\\.).*", Pattern.DOTALL);

    private final HeaderFilterStrategy own;

    /** @param own the endpoint's strategy, which goes on to decide about all other headers; null when it has none */
    OutsideHeaders(HeaderFilterStrategy own) {
        this.own = own;
    }

    @Override
    public boolean applyFilterToCamelHeaders(String name, Object value, Exchange exchange) {
        return own != null && own.applyFilterToCamelHeaders(name, value, exchange);
    }

    @Override
    public boolean applyFilterToExternalHeaders(String name, Object value, Exchange exchange) {
        // As camel-jms writes names that are no Java identifiers.
        String plain = name.replace("_DOT_", ".").replace("_HYPHEN_", "-");
        return STEERING.matcher(plain).matches()
                || own != null && own.applyFilterToExternalHeaders(name, value, exchange);
    }
}
