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
        return lines().stream().filter(line -> line.type() == type).map(SdpLine::value).findFirst();
    }

    /// @return the value of the first attribute of that name, empty text for a flag
    default Optional<String> attribute(String name) {
        return attributes(name).findFirst();
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
        return lines().stream()
                .filter(line -> line.type() == 'a')
                .flatMap(line -> Direction.decode(line.value()).stream())
                .findFirst();
    }
}
