package io.jverto.wire.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Who sends (RFC 8866 section 6.7), as seen by the writer of the description.
public enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private static final List<Direction> ALL = List.of(values());

    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    public static Optional<Direction> decode(String attribute) {
        for (Direction direction : ALL) {
            if (direction.name().equalsIgnoreCase(attribute)) {
                return Optional.of(direction);
            }
        }
        return Optional.empty();
    }

    public String encode() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean sends() {
        return sends;
    }

    public boolean receives() {
        return receives;
    }

    /// @return the same agreement as the other side writes it
    public Direction mirrored() {
        return switch (this) {
            case SENDRECV -> SENDRECV;
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case INACTIVE -> INACTIVE;
        };
    }
}
