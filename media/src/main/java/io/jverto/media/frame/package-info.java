/// Frames of video: their RTP payloads (RFC 7741, RFC 9628, RFC 6184, and that of AV1), what their headers say, and libvpx, which is optional.
@org.jspecify.annotations.NullMarked
package io.jverto.media.frame;
