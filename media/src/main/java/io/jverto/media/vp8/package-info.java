/// VP8: its RTP payload (RFC 7741), its frame header (RFC 6386), and libvpx, which is optional.
@org.jspecify.annotations.NullMarked
package io.jverto.media.vp8;
