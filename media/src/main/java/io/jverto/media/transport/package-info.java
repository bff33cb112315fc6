/// Composition on the loop's side: ICE, DTLS, SRTP and RTP of one channel. Owner: MEDIA_LOOP.
@org.jspecify.annotations.NullMarked
package io.jverto.media.transport;
