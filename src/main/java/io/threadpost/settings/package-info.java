/**
 * What operators can configure: the catalogue of settings, their reading and checking, and the redaction of the log.
 *
 * <p>It knows texts, redaction, and the names of Camel from the route checks; any other package may know it. It
 * promises that settings are complete and in range before anything else starts, that every problem is reported at once
 * with its place, and that no secret leaves through a log line or a {@code toString}.
 *
 * <h2>How to add a setting</h2>
 *
 * <ol>
 *   <li>Declare a constant in {@link io.threadpost.settings.SettingsCatalogue}: key, type, default, description.
 *       Parsing, environment variable, unknown-key check, placeholder and, for a secret, its file and its redaction
 *       follow.
 *   <li>Read it: {@code settings.get(SettingsCatalogue.PULL_WALKERS)} in Java, <code>{{threadpost.pull.walkers}}</code>
 *       in a route.
 *   <li>Add its line to {@code application.properties} and its row to {@code docs/reference.md}; tests compare both
 *       with the catalogue.
 * </ol>
 *
 * A rule that involves other settings is a method of {@code SettingsReader}; a new type of value is a method of one of
 * the {@code …Types} classes.
 */
package io.threadpost.settings;
