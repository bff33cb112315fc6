@org.jspecify.annotations.NullMarked
package io.jverto.base.foreign;
