/// Who watches what: subscriptions to lamps and waiting messages (RFC 6665, RFC 3842, RFC 4235). Without input and output.
@org.jspecify.annotations.NullMarked
package io.jverto.sip.subscribe;
