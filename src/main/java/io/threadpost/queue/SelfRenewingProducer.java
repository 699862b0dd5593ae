package io.threadpost.queue;

import java.net.ConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.metrics.KafkaMetric;

/**
 * A producer that replaces its client after a failure: an idempotent client that was refused once, by login or
 * permission, never sends again, even when the brokers would accept. It closes within a given time, and has no
 * transactions.
 */
final class SelfRenewingProducer implements Producer<Object, Object> {
    private final Supplier<Producer<Object, Object>> clients;
    private final Duration close;
    private Producer<Object, Object> client;
    private volatile boolean failed;

    /**
     * @param clients creates a client
     * @param close how long to wait for sends in flight at most
     */
    SelfRenewingProducer(Supplier<Producer<Object, Object>> clients, Duration close) {
        this.clients = clients;
        this.close = close;
        this.client = clients.get();
    }

    private synchronized Producer<Object, Object> client() {
        if (failed) {
            close();
            failed = false;
        }
        if (client == null) {
            client = clients.get();
        }
        return client;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> message) {
        return send(message, (metadata, failure) -> {});
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<Object, Object> message, Callback callback) {
        Producer<Object, Object> sending = reaching(message.topic());
        return sending.send(message, (metadata, failure) -> {
            failed |= failure != null;
            callback.onCompletion(metadata, failure);
        });
    }

    /**
     * @return a client with the topic's metadata; else a {@link ConnectException} shows that the brokers never heard of
     *     the record
     */
    private Producer<Object, Object> reaching(String topic) {
        try {
            Producer<Object, Object> known = client();
            known.partitionsFor(topic);
            return known;
        } catch (KafkaException e) {
            failed = true;
            String reason = e instanceof TimeoutException
                    ? "no metadata for the topic " + topic
                            + ": the brokers cannot be reached, or the topic does not exist"
                    : e.getMessage();
            ConnectException none = new ConnectException(reason);
            none.initCause(e);
            throw new KafkaException(reason, none);
        }
    }

    @Override
    public synchronized void close() {
        close(close);
    }

    @Override
    public synchronized void close(Duration timeout) {
        Producer<Object, Object> old = client;
        client = null;
        if (old != null) {
            old.close(timeout);
        }
    }

    @Override
    public void flush() {
        client().flush();
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return client().partitionsFor(topic);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return client().metrics();
    }

    @Override
    public Uuid clientInstanceId(Duration timeout) {
        return client().clientInstanceId(timeout);
    }

    @Override
    public void registerMetricForSubscription(KafkaMetric metric) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unregisterMetricFromSubscription(KafkaMetric metric) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void initTransactions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beginTransaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void commitTransaction() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void abortTransaction() {
        throw new UnsupportedOperationException();
    }
}
