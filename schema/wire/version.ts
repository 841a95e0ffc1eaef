// The version of everything that crosses the wire, with a hash of all its schemas: a test fails when one changes without the other.

/** Raised when an older side could misunderstand a newer one. Additions that it may ignore leave it as it is. */
export const WIRE_VERSION = 1;

/** SHA-256 over every route, fact and shape as they stand. The test prints the new one; put it here together with what it means. */
export const WIRE_HASH = 'bb5b13e0cd05155a99d9f9587558e2ecc8c78ad3ff893a0cbacc7011e81b7f0d';
