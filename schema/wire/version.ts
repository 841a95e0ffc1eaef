// The version of everything that crosses the wire, with a hash of all its schemas: a test fails when one changes without the other.

/** Raised when an older side could misunderstand a newer one. Additions that it may ignore leave it as it is. */
export const WIRE_VERSION = 1;

/** SHA-256 over every route, fact and shape as they stand. The test prints the new one; put it here together with what it means. */
export const WIRE_HASH = '4deb75cce55938c5046d9e1c72aab9ff1f9ac89f95f3a929a890f8c9db9af545';
