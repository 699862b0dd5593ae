/** What the package and the native executable are made of: registrations, size, and the libraries that are left out. */
package io.threadpost.packaging;
