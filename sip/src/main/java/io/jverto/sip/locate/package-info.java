/// Where requests to a host go: NAPTR, SRV and address records (RFC 3263, RFC 2782, RFC 3403).
@org.jspecify.annotations.NullMarked
package io.jverto.sip.locate;
