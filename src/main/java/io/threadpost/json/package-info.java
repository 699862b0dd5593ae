/**
 * JSON that must arrive exactly as it was received: unknown fields, digits of numbers, order, escapes; and the steps
 * that set fields in it.
 *
 * <p>It knows {@code retry} only, to classify the failures of broken JSON. It promises that
 * {@link io.threadpost.json.RawJson} returns the bytes it was made from, and reads as a {@link java.util.Map} when a
 * route accesses a field.
 */
package io.threadpost.json;
