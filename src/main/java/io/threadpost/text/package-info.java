/**
 * Text of other people, fit to be shown: on a page, in a log, in a file. It knows no other room, and all may know it.
 * It promises that nothing in such a text moves or hides what stands around it.
 */
package io.threadpost.text;
