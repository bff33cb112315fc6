package io.jverto.base.net;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The lists that a configuration may name, in any letter case. Immutable.
public final class NetworkLists {
    /// No list; networks that are spelt out are found all the same.
    public static final NetworkLists NONE = new NetworkLists(List.of());

    private final Map<String, NetworkList> byName;

    /// @param lists of two with one name the later counts
    public NetworkLists(List<NetworkList> lists) {
        Map<String, NetworkList> named = new HashMap<>();
        lists.forEach(list -> named.put(list.name().toLowerCase(Locale.ROOT), list));
        this.byName = Map.copyOf(named);
    }

    /// @param name of a list, or a network such as `192.0.2.0/24`, or an address
    /// @return empty when there is no such list: whoever asks must refuse then, not let everybody in
    public Optional<NetworkList> find(String name) {
        NetworkList known = byName.get(name.toLowerCase(Locale.ROOT));
        return known != null
                ? Optional.of(known)
                : Network.parse(name).map(network -> new NetworkList(name, false, List.of(new NetworkList.Entry(network, true))));
    }
}
