/**
 * The queue targets: threads as messages on a broker that speaks AMQP 1.0, such as ActiveMQ Artemis, RabbitMQ 4 or
 * Azure Service Bus, and as records on Apache Kafka; and queues that routes read.
 *
 * <p>It knows the settings, JSON, failures and the spool's names and exceptions; not the pull. It promises that a
 * version of a thread is the same message with the same id however often it is sent, that every send ends, and succeeds
 * only when the broker has the message, and that no inbound message can end the process or its connection.
 */
package io.threadpost.queue;
