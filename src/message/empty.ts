/** Messages without a body: hello_request, server_hello_done (RFC 5246 §7.4), end_of_early_data (RFC 9846 §4.5). */

/** Reads nothing; the caller checks that nothing is left. */
export function decodeEmpty(): void {}
