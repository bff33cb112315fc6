/// SpeechPrograms of this machine that speak texts.
@org.jspecify.annotations.NullMarked
package io.jverto.server.speech;
