package io.threadpost.audit;

/**
 * Who acts.
 *
 * @param who how the operator was admitted, and the user that a command names
 * @param origin the address that the request came from
 */
public record Operator(String who, String origin) {}
