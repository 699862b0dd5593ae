package io.threadpost.connector;

/**
 * The right to send one request.
 *
 * @param id its row in the ledger
 * @param token hash of the access token it belongs to
 */
record BudgetSlot(long id, String token) {}
