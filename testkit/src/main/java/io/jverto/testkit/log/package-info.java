/// What the code that is tested writes to its log.
@org.jspecify.annotations.NullMarked
package io.jverto.testkit.log;
