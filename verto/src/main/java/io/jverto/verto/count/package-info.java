/// What is counted.
@org.jspecify.annotations.NullMarked
package io.jverto.verto.count;
