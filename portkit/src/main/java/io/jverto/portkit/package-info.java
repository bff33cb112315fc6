@org.jspecify.annotations.NullMarked
package io.jverto.portkit;
