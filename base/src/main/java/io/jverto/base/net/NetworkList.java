package io.jverto.base.net;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;

/// Says of any address whether it may. Of the entries that hold an address the smallest network counts; of two equal ones the one that
/// denies; where none holds it, `otherwise` does. Immutable.
///
/// @param name as the configuration writes it
/// @param otherwise whether addresses may that no entry names
/// @param entries in any order
public record NetworkList(String name, boolean otherwise, List<Entry> entries) implements Predicate<InetAddress> {
    public NetworkList {
        entries = List.copyOf(entries);
    }

    /// A network and whether its addresses may.
    public record Entry(Network network, boolean allowed) {}

    @Override
    public boolean test(InetAddress address) {
        boolean allowed = otherwise;
        int bits = -1;
        for (Entry entry : entries) {
            int size = entry.network().bits();
            boolean closer = size > bits || (size == bits && !entry.allowed());
            if (closer && entry.network().contains(address)) {
                allowed = entry.allowed();
                bits = size;
            }
        }
        return allowed;
    }
}
