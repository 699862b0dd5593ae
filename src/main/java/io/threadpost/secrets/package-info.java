/**
 * Redaction: finds secrets in texts and exceptions, in every form in which they are logged, and replaces them.
 *
 * <p>It knows no other package; the settings provide the secrets, and so does any code that obtains one at run time. It
 * promises that a known secret that is strong enough does not pass, and that a text without one is returned as it is.
 */
package io.threadpost.secrets;
