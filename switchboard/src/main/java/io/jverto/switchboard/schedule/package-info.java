/// What is to happen later.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.schedule;
