/// Golden transcripts: a dialogue as a text file, played in virtual time.
@org.jspecify.annotations.NullMarked
package io.jverto.testkit.transcript;
