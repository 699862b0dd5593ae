/**
 * What disks and their mounts can and cannot do: folders that are not synced, libraries that cannot be loaded from a
 * folder. It knows no other room; it promises that a failure names file and step, and that what a mount cannot do is
 * said once.
 */
package io.threadpost.disk;
