package io.threadpost;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Endpoint;
import org.apache.camel.component.kafka.KafkaEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.HeaderFilterStrategy;
import org.apache.camel.spi.HeaderFilterStrategyAware;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No header from outside steers a component, whoever wrote the route. */
class InboundHeaderFilterTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "amqp:queue:a",
                "kafka:a?brokers=localhost:1",
                "imap:localhost?username=a&password=b",
                "imaps:localhost?username=a&password=b",
                "smtp:localhost",
                "http:localhost",
                "https:localhost"
            })
    void headersThatSteerAreLeftOutAtEveryDoor(String uri) throws Exception {
        try (DefaultCamelContext camel = new DefaultCamelContext()) {
            new CamelDefaults().configure(camel);
            Endpoint endpoint = camel.getEndpoint(uri);
            HeaderFilterStrategy filter = endpoint instanceof KafkaEndpoint kafka
                    ? kafka.getConfiguration().getHeaderFilterStrategy()
                    : ((HeaderFilterStrategyAware) endpoint).getHeaderFilterStrategy();

            for (String name : new String[] {
                "CamelHttpUri",
                "camelfilename",
                "CAMELBEANMETHODNAME",
                "cAmElExecCommandExecutable",
                "org.apache.camel.a",
                "kafka.OVERRIDE_TOPIC",
                "kafka_DOT_OVERRIDE_TOPIC",
                "Mail.smtp.host",
                "mail_DOT_smtp_DOT_host"
            }) {
                assertThat(filter.applyFilterToExternalHeaders(name, "x", null))
                        .as(name)
                        .isTrue();
            }
            for (String name : new String[] {"Subject", "X-Camel", "order", "kafkaesque", "mailbox"}) {
                assertThat(filter.applyFilterToExternalHeaders(name, "x", null))
                        .as(name)
                        .isFalse();
            }
        }
    }
}
