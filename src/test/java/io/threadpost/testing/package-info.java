/** What tests share to drive the real program. */
package io.threadpost.testing;
