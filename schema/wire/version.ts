// The version of everything that crosses the wire, with a hash of all its schemas: a test fails when one changes without the other.

/** Raised when an older side could misunderstand a newer one. Additions that it may ignore leave it as it is. */
export const WIRE_VERSION = 1;

/** SHA-256 over every route, fact and shape as they stand. The test prints the new one; put it here together with what it means. */
export const WIRE_HASH = 'dd0f1b040aa4d2cbd2125a8dfab6f17778b6b1454d881c371f6f24be34f9226a';
