package io.threadpost.json;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.language.bean.BeanLanguage;
import org.apache.camel.spi.Language;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Camel's language {@code bean}, with a shortcut for one field of a {@link RawJson}, such as <code>${body[Subject]}
 * </code>, which simple passes to it at each evaluation. The result is the same; Camel itself hashes the whole thread,
 * looks up its class and copies the exchange, which was a quarter of the cost of routing.
 */
public final class RawJsonFieldLanguage extends BeanLanguage {
    /** Must be called before the context has routes. */
    public static void install(CamelContext camel) {
        Language language = new RawJsonFieldLanguage();
        // As a supplier, which is found before what Camel Quarkus registers; at once, since the context keeps the
        // first.
        camel.getRegistry().bind("bean", Language.class, () -> language);
        camel.resolveLanguage("bean");
    }

    /** @param properties result type, bean and OGNL path, as simple passes them, or more; null without any */
    @Override
    public Expression createExpression(String expression, Object[] properties) {
        if (properties != null
                && properties.length == 3
                && properties[0] == null
                && properties[1] instanceof RawJson json
                && properties[2] instanceof String ognl
                && isField(ognl)) {
            return new Field(json, ognl);
        }
        return super.createExpression(expression, properties);
    }

    /** @return whether the path is one name in brackets; Camel reads quotes, functions and numbers in other ways */
    private static boolean isField(String ognl) {
        int end = ognl.length() - 1;
        if (end < 2 || ognl.charAt(0) != '[' || ognl.charAt(end) != ']') {
            return false;
        }
        for (int i = 1; i < end; i++) {
            char letter = ognl.charAt(i);
            if ((letter < 'A' || letter > 'Z') && (letter < 'a' || letter > 'z')) {
                return false;
            }
        }
        return true;
    }

    private static final class Field extends ExpressionAdapter {
        private final RawJson json;
        private final String ognl;

        Field(RawJson json, String ognl) {
            this.json = json;
            this.ognl = ognl;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            return json.get(ognl.substring(1, ognl.length() - 1));
        }
    }
}
