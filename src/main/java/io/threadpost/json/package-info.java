/**
 * JSON that must arrive exactly as it was written: unknown fields, digits of numbers, order, escapes.
 *
 * <p>It knows the room of retries, which it tells whose failure broken JSON is. It promises that
 * {@link io.threadpost.json.RawJson} gives back the bytes it was made from, and reads as a {@link java.util.Map} when a
 * route asks for a field.
 */
package io.threadpost.json;
