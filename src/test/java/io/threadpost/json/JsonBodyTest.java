package io.threadpost.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Map;

import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private String run() throws Exception {
        new JsonBody().process(exchange);
        return exchange.getMessage().getBody().toString();
    }

    @Test
    void whateverAGuestWritesArrivesAsHeWroteIt() throws Exception {
        String subject = "\"Late\" arrival \\ 100% ${body} {{x}}\n\tžluťoučký \u2028 😀 </script>";
        exchange.setVariable("text", subject);

        run();

        assertThat(exchange.getMessage().getBody(Map.class)).isEqualTo(Map.of("text", subject));
        assertThat(exchange.getMessage().getHeader("Content-Type")).isEqualTo("application/json");
        assertThat(exchange.getVariables()).isEmpty();
    }

    @Test
    void dotsAndNumbersLeadDeeper() throws Exception {
        exchange.setVariable("contact.email", "a@guest.example");
        exchange.setVariable("contact.name", "A");
        for (int i = 0; i < 11; i++) {
            exchange.setVariable("lines[" + i + "].text", i);
        }
        exchange.setVariable("vip", true);
        exchange.setVariable("api-version", "1");

        String json = run();

        assertThat(json)
                .startsWith("{\"api-version\":\"1\",\"contact\":{\"email\":\"a@guest.example\",\"name\":\"A\"},"
                        + "\"lines\":[{\"text\":0},")
                .endsWith("{\"text\":9},{\"text\":10}],\"vip\":true}");
    }

    @Test
    void anAnswerThatWasReceivedIsNoField() throws Exception {
        exchange.setVariable("answer", new ByteArrayInputStream(new byte[] {'x'}));
        exchange.setVariable("header:answer.Content-Type", "application/json");
        exchange.setVariable("name", List.of("a"));
        exchange.setVariable("note", new ByteArrayInputStream(new byte[] {'y'}));

        assertThat(run()).isEqualTo("{\"name\":[\"a\"],\"note\":\"y\"}");
        assertThat(exchange.getVariables()).containsOnlyKeys("answer", "header:answer.Content-Type");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.", ".a", "a..b", "[0]", "a[x]", "a[1]"})
    void aNameThatLeadsNowhereIsSaid(String name) {
        exchange.setVariable(name, "x");

        assertThatThrownBy(this::run).hasMessageContaining("`" + name + "`");
    }

    @Test
    void twoThatDoNotFitTogetherAreSaid() {
        exchange.setVariable("contact", "x");
        exchange.setVariable("contact.email", "y");

        assertThatThrownBy(this::run).hasMessageContaining("`contact.email`");
    }
}
