/// Tells the protocols that share one media port apart (RFC 7983).
@org.jspecify.annotations.NullMarked
package io.jverto.media.datagram;
