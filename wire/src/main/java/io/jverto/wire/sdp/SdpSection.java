package io.jverto.wire.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The session's part of a description, or one medium's: lines in the order in which they stand.
public sealed interface SdpSection permits SessionDescription, MediaDescription {
    /// @return every line but the `m=` line itself
    List<SdpLine> lines();

    /// @return the value of the first such line
    default Optional<String> line(char type) {
        for (SdpLine line : lines()) {
            if (line.type() == type) {
                return Optional.of(line.value());
            }
        }
        return Optional.empty();
    }

    /// @return the value of the first attribute of that name, empty text for a flag
    default Optional<String> attribute(String name) {
        for (SdpLine line : lines()) {
            if (line.isAttribute(name)) {
                return Optional.of(line.attributeValue());
            }
        }
        return Optional.empty();
    }

    /// @return the values of all attributes of that name, in order
    default Stream<String> attributes(String name) {
        return lines().stream().filter(line -> line.isAttribute(name)).map(SdpLine::attributeValue);
    }

    default boolean has(String attribute) {
        return attribute(attribute).isPresent();
    }

    /// @return the first direction that is written here
    default Optional<Direction> direction() {
        for (SdpLine line : lines()) {
            Optional<Direction> direction = line.type() == 'a' ? Direction.decode(line.value()) : Optional.empty();
            if (direction.isPresent()) {
                return direction;
            }
        }
        return Optional.empty();
    }
}
