/**
 * The pages below {@code docs} are as the program is: what they show is run, what they list is compared with the code.
 */
package io.threadpost.docs;
