/// What the switch counts.
@org.jspecify.annotations.NullMarked
package io.jverto.switchboard.count;
