/// Time that tests turn by hand.
@org.jspecify.annotations.NullMarked
package io.jverto.testkit.time;
