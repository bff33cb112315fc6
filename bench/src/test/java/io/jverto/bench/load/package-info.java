@org.jspecify.annotations.NullMarked
package io.jverto.bench.load;
