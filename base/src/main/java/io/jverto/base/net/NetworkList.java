package io.jverto.base.net;

import java.net.InetAddress;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Says of any address whether it may. Of the entries that hold an address the smallest network counts; of two equal ones the one that
/// denies; where none holds it, `otherwise` does. Immutable but for [Varying].
///
/// @param name as the configuration writes it
/// @param otherwise whether addresses may that no entry names
/// @param entries in any order
public record NetworkList(String name, boolean otherwise, List<Entry> entries, List<Varying> varying) implements Predicate<InetAddress> {
    public NetworkList {
        entries = List.copyOf(entries);
        varying = List.copyOf(varying);
    }

    public NetworkList(String name, boolean otherwise, List<Entry> entries) {
        this(name, otherwise, entries, List.of());
    }

    /// A network and whether its addresses may.
    public record Entry(Network network, boolean allowed) {}

    /// Networks that change, and whether their addresses may.
    ///
    /// @param networks asked for with each address; does not wait
    public record Varying(Supplier<List<Network>> networks, boolean allowed) {}

    @Override
    public boolean test(InetAddress address) {
        Decision decision = new Decision(otherwise, -1);
        for (Entry entry : entries) {
            decision = decision.after(entry.network(), entry.allowed(), address);
        }
        for (Varying several : varying) {
            for (Network network : several.networks().get()) {
                decision = decision.after(network, several.allowed(), address);
            }
        }
        return decision.allowed;
    }

    /// @param bits of the network that decided; -1 for none
    private record Decision(boolean allowed, int bits) {
        Decision after(Network network, boolean allows, InetAddress address) {
            boolean closer = network.bits() > bits || network.bits() == bits && !allows;
            return closer && network.contains(address) ? new Decision(allows, network.bits()) : this;
        }
    }
}
