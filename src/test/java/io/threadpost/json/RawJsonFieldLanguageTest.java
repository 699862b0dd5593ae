package io.threadpost.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.language.bean.BeanLanguage;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What simple reads from a thread is what it reads with Camel's own language. */
class RawJsonFieldLanguageTest {
    private final CamelContext stock = new DefaultCamelContext();
    private final CamelContext camel = new DefaultCamelContext();

    @BeforeEach
    void start() {
        RawJsonFieldLanguage.install(camel);
        camel.start();
        stock.start();
        assertThat(stock.resolveLanguage("bean")).isExactlyInstanceOf(BeanLanguage.class);
        assertThat(camel.resolveLanguage("bean")).isInstanceOf(RawJsonFieldLanguage.class);
    }

    @AfterEach
    void stop() {
        camel.stop();
        stock.stop();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${body[Subject]}",
                "${body[Missing]}",
                "${body[Nothing]}",
                "${body[Number]}",
                "${body[Inner]}",
                "${body[Inner][Field]}",
                "${body['Subject']}",
                "${body[ Subject ]}",
                "${body[last]}",
                "${body[A1]}",
                "${body?[Missing]}",
                "${body[${header.name}]}",
                "${body.size()}",
                "${body}",
                "${body[Subject]} ~~ 'GROUP'",
                "${body[Missing]} == null"
            })
    void simpleReadsTheSame(String expression) {
        String json = "{\"Subject\":\"A group\",\"Nothing\":null,\"Number\":1.10,\"Inner\":{\"Field\":[1]},\"last\":2,"
                + "\"A1\":3}";

        assertThat(evaluate(camel, expression, json)).isEqualTo(evaluate(stock, expression, json));
        assertThat(evaluate(
                        camel,
                        expression,
                        new RawJson(
                                json.getBytes(StandardCharsets.UTF_8), 0, json.length(), Map.of("Subject", "A group"))))
                .isEqualTo(evaluate(stock, expression, json));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{\"Subject\":"})
    void brokenJsonFailsTheExpressionInTheSameWay(String json) {
        Object failure = evaluate(camel, "${body[Subject]}", json);

        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
        assertThat(failure)
                .hasToString(evaluate(stock, "${body[Subject]}", json).toString());
    }

    @Test
    void theLanguageIsStillUsedByItsName() {
        camel.getRegistry().bind("words", new ArrayList<>(List.of("a", "b")));

        assertThat(camel.resolveLanguage("bean")
                        .createExpression("words?method=size")
                        .evaluate(new DefaultExchange(camel), Integer.class))
                .isEqualTo(2);
    }

    private static Object evaluate(CamelContext context, String expression, String json) {
        return evaluate(context, expression, new RawJson(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static Object evaluate(CamelContext context, String expression, RawJson json) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(json);
        exchange.getMessage().setHeader("name", "Subject");
        try {
            Object value = context.resolveLanguage("simple")
                    .createExpression(expression)
                    .evaluate(exchange, Object.class);
            return value == null ? "null" : value;
        } catch (Exception e) {
            return e;
        }
    }
}
