package io.jverto.base.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// One element of the configuration after preprocessing. Immutable; remembers where it was written.
///
/// @param name the element's name as written
/// @param attributes its attributes in the order of the file
/// @param children its child elements in the order of the file
/// @param text its own character data, trimmed; empty when there is none
/// @param origin where it was written
public record ConfigNode(
        String name, Map<String, String> attributes, List<ConfigNode> children, String text, Origin origin) {
    public ConfigNode {
        attributes = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(attributes));
        children = List.copyOf(children);
    }

    /// @return the attribute's value, empty when it is not written
    public Optional<String> attribute(String key) {
        return Optional.ofNullable(attributes.get(key));
    }

    /// @return the attribute's value or `otherwise`
    public String attribute(String key, String otherwise) {
        return attributes.getOrDefault(key, otherwise);
    }

    /// @return the child elements of that name, in order
    public Stream<ConfigNode> children(String childName) {
        return children.stream().filter(child -> child.name().equals(childName));
    }

    /// @return the first child element of that name
    public Optional<ConfigNode> child(String childName) {
        return children(childName).findFirst();
    }

    /// A file and a line in it.
    ///
    /// @param file the path as a person would type it
    /// @param line counted from 1; 0 when the whole file is meant
    public record Origin(String file, int line) {
        @Override
        public String toString() {
            return line > 0 ? file + ":" + line : file;
        }
    }
}
