/// Time, ids, bytes, hand-offs and counters. No telephony words.
@org.jspecify.annotations.NullMarked
package io.jverto.base;
