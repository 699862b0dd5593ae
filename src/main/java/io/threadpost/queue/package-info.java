/**
 * The queue target: threads as messages on a broker that speaks AMQP 1.0, such as ActiveMQ Artemis, RabbitMQ 4 or Azure
 * Service Bus. Apache Kafka is a target of its own in the same shape.
 *
 * <p>It knows the settings, JSON, and how a spool is told that an item can never succeed; not the pull. It promises
 * that a version of a thread is the same message under the same id however often it is sent, that a send has an end,
 * and that it is over when the broker has the message.
 */
package io.threadpost.queue;
