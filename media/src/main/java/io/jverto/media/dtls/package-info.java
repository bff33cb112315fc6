/// DTLS 1.2 handshakes that agree SRTP keys (RFC 5764, RFC 8122), on Bouncy Castle.
@org.jspecify.annotations.NullMarked
package io.jverto.media.dtls;
