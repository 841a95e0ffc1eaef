// The version of everything that crosses the wire, with a hash of all its schemas: a test fails when one changes without the other.

/** Raised when an older side could misunderstand a newer one. Additions that it may ignore leave it as it is. */
export const WIRE_VERSION = 1;

/** SHA-256 over every route, fact and shape as they stand. The test prints the new one; put it here together with what it means. */
export const WIRE_HASH = 'db9964effa620604ef7ca2fdadb5a4cfb228561804fd479ef10873b24e9de7c5';
