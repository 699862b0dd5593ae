/**
 * Login by OAuth 2: access tokens for mailboxes and mail servers, and refresh tokens that rotate. It knows the
 * settings, outbound HTTP, and failure reasons. It promises that no message contains a token, and that a new refresh
 * token is on disk before its access token is used.
 */
package io.threadpost.oauth;
