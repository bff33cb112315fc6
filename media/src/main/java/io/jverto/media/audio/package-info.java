/// Composition on the mixer's side: jitter buffer, codecs and mix of the channels at a mixer, and the sounds that the
/// server makes. Owner: MIXER_TICK.
@org.jspecify.annotations.NullMarked
package io.jverto.media.audio;
