/// Rooms and their members. Each room has one virtual thread that alone touches its members; others post to its mailbox.
@org.jspecify.annotations.NullMarked
package io.jverto.conference;
