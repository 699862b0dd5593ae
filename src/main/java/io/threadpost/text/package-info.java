/**
 * Text from outside, made safe to show on a page, in a log or in a file. It knows no other package. It promises that
 * nothing in such a text moves or hides what surrounds it.
 */
package io.threadpost.text;
