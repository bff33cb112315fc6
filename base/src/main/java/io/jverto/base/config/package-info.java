/// The configuration as a tree of elements that know where they were written. The loader is the server's.
@org.jspecify.annotations.NullMarked
package io.jverto.base.config;
