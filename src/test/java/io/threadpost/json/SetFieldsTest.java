package io.threadpost.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

class SetFieldsTest {
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private Object run(Object body) {
        exchange.getMessage().setBody(body);
        new SetFields().process(exchange);
        return exchange.getMessage().getBody();
    }

    @Test
    void whatVariableReceiveFilledIsNoField() {
        exchange.setVariable("answer", "{}");
        exchange.setVariable("header:answer.Date", "now");
        exchange.setVariable("Guest", "A");

        assertThat(run(new RawJson("{}".getBytes(StandardCharsets.UTF_8)))).hasToString("{\"Guest\":\"A\"}");
        assertThat(exchange.getVariables()).containsOnlyKeys("answer", "header:answer.Date");
    }

    @Test
    void variablesBecomeFieldsAndAreUsedUp() {
        exchange.setVariable("Subject", new StringBuilder("Late"));
        exchange.setVariable("Nights", 3);
        exchange.setVariable("Tags", List.of("a", true));
        String json = "{\"Price\": 1.10,\"Subject\":\"\"}";

        assertThat((Map<?, ?>) run(new RawJson(json.getBytes(StandardCharsets.UTF_8))))
                .asString()
                .startsWith("{\"Price\": 1.10,\"Subject\":\"Late\",")
                .contains("\"Nights\":3")
                .contains("\"Tags\":[\"a\",true]");
        assertThat(exchange.getVariables()).isEmpty();
    }

    @Test
    void aMapIsNotChangedButCopied() {
        exchange.setVariable("Subject", "Late");

        assertThat(run(Map.of("Id", "a"))).isEqualTo(Map.of("Id", "a", "Subject", "Late"));
    }

    @Test
    void aBatchIsRefused() {
        assertThatThrownBy(() -> run(List.of(Map.of()))).hasMessageContaining("needs one thread in the body");
    }
}
