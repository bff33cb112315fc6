/// RTP and RTCP (RFC 3550) and telephone events (RFC 4733): sans-IO, over byte arrays, nothing allocated per packet.
@org.jspecify.annotations.NullMarked
package io.jverto.media.rtp;
