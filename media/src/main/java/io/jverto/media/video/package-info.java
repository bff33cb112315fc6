/// What relaying video needs to know and remember: key frames, losses, packets that may be wanted again, arrivals. Engines without input and
/// output, bounded, without allocation per packet (RFC 4585, RFC 4588).
@org.jspecify.annotations.NullMarked
package io.jverto.media.video;
