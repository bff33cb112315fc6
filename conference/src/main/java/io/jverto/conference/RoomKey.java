package io.jverto.conference;

/// What tells rooms apart.
///
/// @param name as the dialplan says it
/// @param domain empty when nobody knows one
record RoomKey(String name, String domain) implements Comparable<RoomKey> {
    @Override
    public int compareTo(RoomKey other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return domain.isEmpty() || name.indexOf('@') >= 0 ? name : name + "@" + domain;
    }
}
