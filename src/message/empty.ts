/** Messages that say all by being there: hello_request, server_hello_done (RFC 5246 §7.4), end_of_early_data (RFC 9846 §4.5). */

/** Reads nothing; octets that are there all the same are the caller's to find. */
export function decodeEmpty(): void {}
