/**
 * What editors need to know of route files: a JSON schema, for completion, hover and errors while typing, and the own
 * components as a visual editor's catalogue has them.
 *
 * <p>It knows Camel's schema of the YAML DSL and Camel's descriptions of components, and what Threadpost adds to them
 * by its vocabulary and its settings.
 *
 * <p>It promises that the schema accepts whatever Camel's accepts, except a wrong option of an own component, and that
 * both are made from the same lists as {@code check}, so that they cannot disagree.
 */
package io.threadpost.editor;
