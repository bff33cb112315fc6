/// JSON values as data, without a parser: what modules hand each other. Text to values and back is wire's.
@org.jspecify.annotations.NullMarked
package io.jverto.base.json;
