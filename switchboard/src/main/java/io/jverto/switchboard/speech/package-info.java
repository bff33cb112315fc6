/// What is said to callers, as lists of sound files: numbers, dates, names, and phrases of the configuration. Plays nothing itself.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.speech;
