/// JSON values as text, for tests to compare.
@org.jspecify.annotations.NullMarked
package io.jverto.testkit.json;
