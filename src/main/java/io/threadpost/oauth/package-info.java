/**
 * Login by OAuth 2: access tokens for mailboxes and mail servers, and refresh tokens that change. It knows the
 * settings, the way out over HTTP, and how a failure is told; it promises that no token is in what it says, and that a
 * new refresh token is on disk before its access token is used.
 */
package io.threadpost.oauth;
