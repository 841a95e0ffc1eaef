// The version of everything that crosses the wire, with a hash of all its schemas: a test fails when one changes without the other.

/** Raised when an older side could misunderstand a newer one. Additions that it may ignore leave it as it is. */
export const WIRE_VERSION = 1;

/** SHA-256 over every route, fact and shape as they stand. The test prints the new one; put it here together with what it means. */
export const WIRE_HASH = '838beb11abd15411e71d41656d02553d691d1e4159fb2b417202b5c5bae7bfea';
