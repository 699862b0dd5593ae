/**
 * The operators' page: what works, what is wrong and what to do about it, as HTML for a browser, and a form for every
 * operator action.
 *
 * <p>It knows the other packages by their status classes, and acts through the resources of {@code ops} alone. It
 * promises that nothing is read while nobody looks, that every text is redacted and escaped, that no page of another
 * site can act or read, and that every page works without script.
 *
 * <p>To follow a request: {@link io.threadpost.page.PageServer} has the addresses,
 * {@link io.threadpost.page.PageAccess} admits it, a class named {@code …Page} reads what it shows into a record,
 * {@link io.threadpost.page.PageTemplates} renders that record, and {@link io.threadpost.page.PageResponses} answers.
 * Actions are in {@link io.threadpost.page.OperatorAction}, and their forms in {@link io.threadpost.page.ActionForm}.
 */
package io.threadpost.page;
