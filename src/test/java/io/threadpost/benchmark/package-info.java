/** How fast Threadpost is against the least that could be done, measured side by side in one run; not a test. */
package io.threadpost.benchmark;
