/**
 * What disks and their mounts support: folders that cannot be synced, folders that no library can be loaded from. It
 * knows no other package. It promises that a failure names file and operation, and that a missing feature of a mount is
 * logged once.
 */
package io.threadpost.disk;
